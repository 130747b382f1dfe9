package dev.secant.evaluation.trial;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** An objective that notes the time between its evaluations: what the optimizer spends itself. */
public final class StepClock implements ArrayObjective {

    private final ArrayObjective objective;
    private final Gaps gaps;
    private final LongSupplier nanoTime;

    /** Noted by the objectives of all parts of a batch together. */
    private static final class Gaps {
        private double[] seconds = new double[64];
        private int count;
        private long lastEnd;

        void add(long begin) {
            if (lastEnd > 0) {
                if (count == seconds.length) {
                    seconds = Arrays.copyOf(seconds, 2 * count);
                }
                seconds[count++] = (begin - lastEnd) * 1e-9;
            }
        }
    }

    public StepClock(ArrayObjective objective) {
        this(objective, System::nanoTime);
    }

    /** With a clock of its own, in nanoseconds. */
    StepClock(ArrayObjective objective, LongSupplier nanoTime) {
        this(objective, new Gaps(), nanoTime);
    }

    private StepClock(ArrayObjective objective, Gaps gaps, LongSupplier nanoTime) {
        this.objective = objective;
        this.gaps = gaps;
        this.nanoTime = nanoTime;
    }

    /** Forgets what was noted. */
    void restart() {
        gaps.count = 0;
        gaps.lastEnd = 0;
    }

    /** What a step took in the second half of so many steps, whatever number of evaluations it had. */
    public double secondsAStep(int steps) {
        int half = gaps.count / 2;
        double sum = 0;
        for (int i = half; i < gaps.count; i++) {
            sum += gaps.seconds[i];
        }
        return sum / (gaps.count - half) * gaps.count / steps;
    }

    @Override
    public int dimension() {
        return objective.dimension();
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        gaps.add(nanoTime.getAsLong());
        double value = objective.evaluate(item, x, gradient);
        gaps.lastEnd = nanoTime.getAsLong();
        return value;
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        gaps.add(nanoTime.getAsLong());
        ValueAndGradient evaluated = objective.evaluate(x);
        gaps.lastEnd = nanoTime.getAsLong();
        return evaluated;
    }

    @Override
    public StepClock select(int[] rows) {
        Objective selected = objective.select(rows);
        return selected == objective ? this : new StepClock((ArrayObjective) selected, gaps, nanoTime);
    }

    @Override
    public void close() {
        objective.close();
    }
}

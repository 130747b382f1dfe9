package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RunProgress;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The counters, history and fate of every item of a batch, and the rules that items stop by. */
final class BatchTracker implements RunProgress {

    private final StopRule rule;
    private final Observer observer;
    private final double epsilon;
    private final long began;
    private final long limitNanos;
    private final ItemHistory[] histories;

    private BatchTracker(int size, double epsilon, StopRule rule, Observer observer) {
        this.rule = rule;
        this.observer = observer;
        this.epsilon = epsilon;
        this.limitNanos = TimeUnit.NANOSECONDS.convert(rule.timeLimit());
        this.began = rule.nanoClock().getAsLong();
        this.histories = IntStream.range(0, size)
                .mapToObj(item -> new ItemHistory(epsilon, observer.historyLimit()))
                .toArray(ItemHistory[]::new);
    }

    /**
     * The clock starts.
     *
     * @param start {@code [B, n]}
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    static BatchTracker open(Objective objective, NDArray start, StopRule rule, Observer observer) {
        Shape shape = start.getShape();
        if (shape.dimension() != 2 || shape.get(1) != objective.dimension()) {
            throw new IllegalArgumentException("The start %s must have the shape [items, %d] of its objective."
                    .formatted(shape, objective.dimension()));
        }
        if (start.getDataType() != DataType.FLOAT64 && start.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "The start's data type (%s) must be float32 or float64.".formatted(start.getDataType()));
        }
        double epsilon = start.getDataType() == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        return new BatchTracker((int) shape.get(0), epsilon, rule, observer);
    }

    @Override
    public int size() {
        return histories.length;
    }

    @Override
    public int steps(int item) {
        return histories[item].steps();
    }

    @Override
    public int evaluations(int item) {
        return histories[item].evaluations();
    }

    @Override
    public double value(int item) {
        return histories[item].resultValue();
    }

    @Override
    public double gradientNorm(int item) {
        return histories[item].resultGradientNorm();
    }

    /** The unit of rounding of the start's data type. */
    double epsilon() {
        return epsilon;
    }

    /** Whether the time is up. */
    boolean isLate() {
        return rule.nanoClock().getAsLong() - began >= limitNanos;
    }

    /** Whether the rule allows an item so many further evaluations. */
    boolean mayEvaluate(int item, int count) {
        return histories[item].evaluations() <= rule.maxEvaluations() - count;
    }

    void charge(int item, int count) {
        if (!mayEvaluate(item, count)) {
            throw new IllegalStateException("The item (%d) has used up its evaluations.".formatted(item));
        }
        histories[item].countEvaluations(count);
    }

    /**
     * Records the start of an item or the point after a step; a point that is not finite stops it instead.
     *
     * @return whether it is the item's best point so far
     */
    boolean moveTo(int item, double value, double gradientNorm, double stepLength) {
        boolean finite = Double.isFinite(value) && Double.isFinite(gradientNorm);
        if (!finite) {
            stop(item, Termination.NON_FINITE);
            return false;
        }
        return histories[item].moveTo(value, gradientNorm, stepLength);
    }

    /** Records the start of an item; one that is not finite is recorded too. */
    void startAt(int item, double value, double gradientNorm) {
        charge(item, 1);
        histories[item].moveTo(value, gradientNorm, 0);
    }

    void stop(int item, Termination reason) {
        histories[item].stop(reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    void stall(int item) {
        stop(
                item,
                isLate() ? Termination.TIME_LIMIT : mayEvaluate(item, 1) ? Termination.STALLED : Termination.MAX_STEPS);
    }

    boolean isStopped(int item) {
        return histories[item].isStopped();
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    void countSafeguard(int item) {
        histories[item].countSafeguard();
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    void noteSecantResidual(int item, double residual) {
        histories[item].secantResidual(residual);
    }

    /**
     * After a step: the rules, the observer and the clock stop items.
     *
     * @param items those that run
     * @param show shows an observer where the items are
     */
    void settle(int[] items, Consumer<Observer> show) {
        boolean late = isLate();
        for (int item : items) {
            histories[item].judge(rule);
        }
        if (observer != Observer.NONE) {
            observer.onProgress(this);
            show.accept(observer);
            for (int item : items) {
                if (!isStopped(item) && observer.isCancelled(item)) {
                    stop(item, Termination.CANCELLED);
                }
            }
        }
        if (late) {
            for (int item : items) {
                stop(item, Termination.TIME_LIMIT);
            }
        }
    }

    List<Optimum.Outcome> outcomes() {
        return Arrays.stream(histories).map(ItemHistory::outcome).toList();
    }
}

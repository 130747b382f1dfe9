package dev.secant.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.problems.ItemFunctions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepClockTest {

    /** Ten milliseconds in the function, one between its evaluations, on a clock of our own. */
    @Test
    void aStepCostsTheOptimizersTimeAndNotTheFunctions() {
        AtomicLong now = new AtomicLong(1);
        StepClock clock = new StepClock(
                new ItemFunctions(1, List.of((x, gradient) -> {
                    now.addAndGet(10_000_000);
                    return x[0];
                })),
                now::get);
        for (int evaluation = 0; evaluation < 9; evaluation++) {
            clock.evaluate(0, new double[] {1}, new double[1]);
            now.addAndGet(1_000_000);
        }
        assertThat(clock.secondsAStep(8)).isCloseTo(1e-3, within(1e-12));
        // A step of two evaluations takes both gaps.
        assertThat(clock.secondsAStep(4)).isCloseTo(2e-3, within(1e-12));
    }

    @Test
    void aSoakNotesEveryTenth() {
        CostTrial trial = new CostTrial(Device.cpu(), 0.05, 1);
        assertThat(trial.soak(new SecantQuasiNewton(), 4, 1000, () -> {})).hasSize(CostTrial.TENTHS);
    }
}

package dev.secant.optimizer.lsr1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchContract;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;
import dev.secant.optimizer.lsr1.Sr1Settings.Variant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Both variants with untrained networks. */
class LearnedSr1ContractTest {

    /**
     * Asked for all but convergence: without training it has none. Once the buffer is full, the identity is dropped and
     * the norm is kept, so a step of the length {@code a1 ||g||} goes to wherever the vectors span, however little of the
     * gradient lies there.
     */
    @Nested
    class AsReleased extends BatchContract {
        @Override
        protected Optimizer optimizer() {
            return untrained(Variant.AS_RELEASED, 0.001);
        }

        /** The networks compute in float32. */
        @Override
        protected double independenceTolerance() {
            return 1e-3;
        }

        @Test
        void aFullBufferCannotFollowAGradientOutsideItsSpan() {
            RankOneBuffer buffer = new RankOneBuffer(new Sr1Settings(Variant.AS_RELEASED, 2, 16, 8, 0.1, 0.001));
            NDArray gradient = points(new double[] {1e-3, 0, 1});
            buffer.push(points(new double[] {1, 0, 0}));
            double[] followed = buffer.apply(gradient).toDoubleArray();
            assertThat(followed[2]).isEqualTo(1, within(1e-5));
            buffer.push(points(new double[] {0, 1, 0}));
            assertThat(buffer.apply(gradient).toDoubleArray()).containsExactly(new double[] {1, 0, 0}, within(1e-5));
        }
    }

    /** Keeps the identity, and untrained vectors are short: so it is about gradient descent at the rate a1. */
    @Nested
    class AsWritten extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return untrained(Variant.AS_WRITTEN, 0.001);
        }

        @Override
        protected Optimizer boldOptimizer() {
            return untrained(Variant.AS_WRITTEN, 0.1);
        }

        @Override
        protected int quadraticSteps() {
            return 200;
        }

        @Override
        protected int rosenbrockSteps() {
            return 200;
        }

        /** In the valley. */
        @Override
        protected double rosenbrockTarget() {
            return 4.5;
        }

        @Override
        protected double independenceTolerance() {
            return 1e-3;
        }
    }

    private static Optimizer untrained(Variant variant, double rateScale) {
        Sr1Settings settings = new Sr1Settings(variant, 4, 16, 8, rateScale, 0.001);
        return new LearnedSr1(settings, new Sr1Networks(settings).initialise(1));
    }
}

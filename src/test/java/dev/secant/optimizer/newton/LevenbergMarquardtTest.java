package dev.secant.optimizer.newton;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.OptimizerContract;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.TestProblems;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LevenbergMarquardtTest extends OptimizerContract {

    @Override
    protected Optimizer optimizer() {
        return new LevenbergMarquardt();
    }

    @Override
    protected Objective quadratic() {
        return ResidualObjective.of(5, x -> {
            NDArray roots = Tensors.of(x.getManager(), new double[] {1, Math.sqrt(2), 2, Math.sqrt(7), Math.sqrt(10)})
                    .toType(x.getDataType(), false);
            return x.sub(1).mul(roots);
        });
    }

    /** Twice the usual function is half the sum of these squares. */
    @Override
    protected Objective rosenbrock(int n) {
        return ResidualObjective.of(n, x -> {
            NDArray head = x.get(new NDIndex(":,0:" + (n - 1)));
            NDArray tail = x.get(new NDIndex(":,1:"));
            NDArray valley = mul(tail.sub(head.square()), 10);
            return mul(NDArrays.concat(new NDList(valley, head.sub(1)), 1), Math.sqrt(2));
        });
    }

    /** A function that is one residual: its square root. */
    @Override
    protected Objective objective(int n, UnaryOperator<NDArray> function) {
        return ResidualObjective.of(n, x -> mul(function.apply(x), 2).sqrt().expandDims(1));
    }

    @Override
    protected Objective square() {
        return ResidualObjective.of(1, x -> mul(x.sub(3), Math.sqrt(2)));
    }

    @Override
    protected Objective falling() {
        return ResidualObjective.of(2, x -> x.onesLike().div(x.square().add(1)));
    }

    @Override
    protected Objective logarithm() {
        return ResidualObjective.of(2, x -> x.sub(1).log());
    }

    @Override
    protected boolean acceptsAnyObjective() {
        return false;
    }

    @Override
    protected int rosenbrockSteps() {
        return 40;
    }

    @Override
    protected double rosenbrockTarget() {
        return 1e-20;
    }

    @Override
    protected double quadraticTarget() {
        return 1e-20;
    }

    @Override
    protected Objective counting(Objective objective, AtomicInteger points) {
        ResidualObjective inner = (ResidualObjective) objective;
        return new ResidualObjective() {
            @Override
            public int dimension() {
                return inner.dimension();
            }

            @Override
            public Linearization linearize(NDArray x) {
                points.addAndGet((int) x.getShape().get(0));
                return inner.linearize(x);
            }

            @Override
            public ValueAndGradient evaluate(NDArray x) {
                points.addAndGet((int) x.getShape().get(0));
                return inner.evaluate(x);
            }

            @Override
            public ResidualObjective select(int[] rows) {
                return (ResidualObjective) counting(inner.select(rows), points);
            }
        };
    }

    @Test
    void refusesWhatIsNoSumOfSquares() {
        NDArray start = TestProblems.uniform(manager, 1, 2, 1, 1, DataType.FLOAT64);
        assertThatThrownBy(() -> optimizer().minimize(TestProblems.rosenbrock(2), start, StopRule.steps(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sum of squares");
    }
}

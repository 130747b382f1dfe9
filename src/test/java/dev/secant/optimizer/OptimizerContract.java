package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Optimum.Outcome;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What every optimizer promises that has a theory or a safeguard behind it: {@link BatchContract}, and it converges. A
 * subclass names the optimizer and, where the method is slow or imprecise by nature, how many steps it needs and how close
 * it comes.
 */
public abstract class OptimizerContract extends BatchContract {

    /** The optimizer for the well-scaled problems, where a method of fixed rates may dare a higher one. */
    protected Optimizer boldOptimizer() {
        return optimizer();
    }

    private Optimizer testedBoldly() {
        return new OnStorage(boldOptimizer(), storage);
    }

    /** Steps enough for the quadratic (n = 5, condition 10). */
    protected int quadraticSteps() {
        return 100;
    }

    /** The value to reach on the quadratic, from about 100. */
    protected double quadraticTarget() {
        return 1e-10;
    }

    /** Steps for Rosenbrock's function in two variables from (-1.2, 1), whose value is 24.2. */
    protected int rosenbrockSteps() {
        return 2_000;
    }

    /** The value to reach there. */
    protected double rosenbrockTarget() {
        return 1e-8;
    }

    @Test
    void solvesAQuadratic() {
        NDArray start = uniform(4, 5, 5, 1);
        Optimum optimum = testedBoldly().minimize(quadratic(), start, StopRule.steps(quadraticSteps()));
        for (Outcome outcome : optimum.items()) {
            assertThat(outcome.value()).isLessThan(quadraticTarget());
        }
        for (double x : optimum.x().numbers()) {
            assertThat(x).isEqualTo(1, within(10 * Math.sqrt(quadraticTarget())));
        }
    }

    @Test
    void goesDownRosenbrocksValley() {
        NDArray start = points(new double[] {-1.2, 1});
        Optimum optimum = tested().minimize(rosenbrock(2), start, StopRule.steps(rosenbrockSteps()));
        assertThat(optimum.items().get(0).value()).isLessThan(rosenbrockTarget());
    }

    @Test
    void oneVariableOneItem() {
        Optimum optimum = testedBoldly().minimize(square(), points(new double[] {1}), StopRule.steps(quadraticSteps()));
        assertThat(optimum.items().get(0).value()).isLessThan(quadraticTarget());
        assertThat(optimum.x().size()).isEqualTo(1);
        assertThat(optimum.x().dimension()).isEqualTo(1);
    }

    @Test
    void dataOfItemsFollowsThem() {
        // Items stop at different times; the objective checks that points and data stay together.
        double[][] targets = {{1, 2}, {30, -40}, {5, 5}, {-600, 800}, {0.1, 0.2}};
        assumeTrue(acceptsAnyObjective(), "The method needs more structure than the data objective has.");
        NDArray start = uniform(5, 2, 1, 7);
        StopRule rule = StopRule.steps(quadraticSteps()).withGradientTolerance(1e-3);
        Optimum optimum = testedBoldly().minimize(TestProblems.targets(manager, targets), start, rule);
        double[] lowest = optimum.x().numbers();
        NDArray values = TestProblems.targets(manager, targets)
                .evaluate(optimum.x().tensor())
                .values();
        for (int b = 0; b < 5; b++) {
            Outcome outcome = optimum.items().get(b);
            assertThat(HostArrays.doubles(values)[b])
                    .as("item %d at %s", b, Arrays.toString(lowest))
                    .isEqualTo(outcome.value(), within(1e-5 * (1 + outcome.value())));
        }
    }

    /** False for methods that need a structure that the data objective of this suite has not. */
    protected boolean acceptsAnyObjective() {
        return true;
    }

    @Test
    void convergesByTheGradient() {
        StopRule rule = StopRule.steps(quadraticSteps()).withGradientTolerance(1e-2);
        Optimum optimum = testedBoldly().minimize(quadratic(), uniform(3, 5, 5, 19), rule);
        assertThat(optimum.items()).allSatisfy(outcome -> {
            assertThat(outcome.termination()).isEqualTo(Termination.CONVERGED);
            assertThat(outcome.gradientNorm()).isLessThanOrEqualTo(1e-2);
        });
    }

    /** {@code (x - 3)^2}. */
    protected Objective square() {
        return objective(1, x -> x.sub(3).square().sum(new int[] {1}));
    }

    /** {@code sum w_j (x_j - 1)^2 / 2}. */
    protected Objective quadratic() {
        return objective(5, x -> {
            NDArray weights =
                    Tensors.of(x.getManager(), new double[] {1, 2, 4, 7, 10}).toType(x.getDataType(), false);
            return mul(x.sub(1).square().mul(weights).sum(new int[] {1}), 0.5);
        });
    }
}

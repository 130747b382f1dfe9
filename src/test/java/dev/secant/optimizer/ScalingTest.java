package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Optimum.Outcome;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The units of values and variables are the user's own business: quasi-Newton methods get to the minimum in any. */
class ScalingTest {

    static Stream<Arguments> methodsAndUnits() {
        List<Optimizer> methods = List.of(
                new Lbfgs(),
                new Bfgs(),
                new Sr1(),
                new SecantQuasiNewton(),
                new NonlinearConjugateGradient(),
                new NewtonCg());
        return methods.stream().flatMap(method -> Stream.of(1e-6, 1.0, 1e6).flatMap(value -> Stream.of(1e-3, 1.0, 1e3)
                .flatMap(point -> Stream.of(DataType.FLOAT64, DataType.FLOAT32)
                        .map(type -> Arguments.of(method, value, point, type)))));
    }

    @ParameterizedTest(name = "{0}: f by {1}, x by {2}, {3}")
    @MethodSource("methodsAndUnits")
    void reachesTheMinimumOfRosenbrocksValley(Optimizer method, double value, double point, DataType type) {
        boolean single = type == DataType.FLOAT32;
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            Objective objective = TestProblems.scaled(2, TestProblems::rosenbrockValues, value, point);
            NDArray start = Tensors.of(manager, new double[] {-1.2 * point, point}, new Shape(1, 2))
                    .toType(type, false);
            double tolerance = (single ? 1e-3 : 1e-9) * value / point;
            StopRule rule = StopRule.steps(1_000).withGradientTolerance(tolerance);
            Optimum optimum = method.minimize(objective, start, rule);
            Outcome outcome = optimum.items().get(0);
            assertThat(outcome.termination()).isIn(Termination.CONVERGED, Termination.STALLED);
            double[] x = optimum.x().numbers();
            assertThat(x[0] / point).isEqualTo(1, within(single ? 1e-2 : 1e-6));
            assertThat(x[1] / point).isEqualTo(1, within(single ? 1e-2 : 1e-6));
        }
    }
}

package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.optimizer.firstorder.AdaHessian;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.firstorder.GradientDescent;
import dev.secant.optimizer.firstorder.NesterovGradient;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.tensor.TensorRuntime;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On tensors, what a batch costs the engine does not depend on how many items it has, and each round reads back once. Eight problems, and
 * the same eight sixty-four times.
 */
class EngineCallsTest {

    private static final int N = 6;

    static Stream<Optimizer> methods() {
        Sr1Settings small = new Sr1Settings(Sr1Settings.Variant.AS_WRITTEN, 4, 4, 4, 1e-3, 0.001);
        return Stream.of(
                new Lbfgs(),
                new Bfgs(),
                new Sr1(),
                new SecantQuasiNewton(),
                new SecantQuasiNewton(new SecantPolicy(SecantPolicy.initialise(1))),
                SecantCheckpoint.optimizer(CheckpointRegistry.bundled().get("general")),
                new NonlinearConjugateGradient(),
                new NewtonCg(),
                new LevenbergMarquardt(),
                new GradientDescent(1e-4),
                new NesterovGradient(1e-4),
                new Adam(1e-2),
                new AdaHessian(1e-1),
                new LearnedSr1(small, new Sr1Networks(small).initialise(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void doNotDependOnTheBatch(Optimizer method) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray eight = TestProblems.uniform(manager, 8, N, 1.5, 1, DataType.FLOAT64);
            EngineUse few = use(method, eight);
            EngineUse many = use(method, eight.tile(new long[] {64, 1}));
            assertThat(few.calls()).isPositive();
            // A round whose numbers decide nothing, as the products of AdaHessian, is not read back.
            assertThat(few.readBacks()).isPositive().isLessThanOrEqualTo(few.rounds());
            assertThat(many).isEqualTo(few);
        }
    }

    private static EngineUse use(Optimizer method, NDArray start) {
        Objective objective = method instanceof LevenbergMarquardt ? residuals() : TestProblems.rosenbrock(N);
        return new OnStorage(method, Storage.TENSORS)
                .minimize(objective, start, StopRule.steps(5))
                .engine();
    }

    private static ResidualObjective residuals() {
        return ResidualObjective.of(N, x -> {
            NDArray head = x.get(new NDIndex(":,0:" + (N - 1)));
            NDArray tail = x.get(new NDIndex(":,1:"));
            NDArray valley = mul(tail.sub(head.square()), 10);
            return NDArrays.concat(new NDList(valley, head.sub(1)), 1);
        });
    }
}

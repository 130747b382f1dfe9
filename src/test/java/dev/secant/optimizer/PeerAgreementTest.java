package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ddogleg.optimization.FactoryOptimization;
import org.ddogleg.optimization.IterativeOptimization;
import org.ddogleg.optimization.UnconstrainedLeastSquares;
import org.ddogleg.optimization.UnconstrainedMinimization;
import org.ddogleg.optimization.UtilOptimize;
import org.ddogleg.optimization.functions.FunctionNtoM;
import org.ddogleg.optimization.functions.FunctionNtoMxN;
import org.ddogleg.optimization.functions.FunctionNtoN;
import org.ddogleg.optimization.functions.FunctionNtoS;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The classical methods beside the same methods of Hipparchus and DDogleg: the same minimum, and from the standard starts not
 * many more points on the way. Run it with {@code -Dsecant.print=true} to see the numbers.
 */
class PeerAgreementTest {

    /** How many times the peer's points ours may take, and how many beyond. */
    private static final double FACTOR = 1.5;

    private static final int BEYOND = 10;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void conjugateGradientsBesideHipparchus(int problem) {
        compare(
                problem,
                new NonlinearConjugateGradient(),
                PeerProblem::objective,
                PeerAgreementTest::hipparchusGradients);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void levenbergMarquardtBesideHipparchus(int problem) {
        compare(
                problem,
                new LevenbergMarquardt(),
                PeerProblem::residualObjective,
                PeerAgreementTest::hipparchusSquares);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void levenbergMarquardtBesideDdogleg(int problem) {
        compare(
                problem,
                new LevenbergMarquardt(),
                PeerProblem::residualObjective,
                peer -> ddogleg(peer, FactoryOptimization.levenbergMarquardt(null, true)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void levenbergMarquardtBesideDdoglegsTrustRegion(int problem) {
        compare(
                problem,
                new LevenbergMarquardt(),
                PeerProblem::residualObjective,
                peer -> ddogleg(peer, FactoryOptimization.dogleg(null, true)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void bfgsBesideDdogleg(int problem) {
        compare(
                problem,
                new Bfgs(),
                PeerProblem::objective,
                peer -> ddogleg(peer, FactoryOptimization.quasiNewtonBfgs(null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void limitedMemoryBfgsBesideDdoglegsBfgs(int problem) {
        compare(
                problem,
                new Lbfgs(),
                PeerProblem::objective,
                peer -> ddogleg(peer, FactoryOptimization.quasiNewtonBfgs(null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void limitedMemorySr1BesideDdoglegsTrustRegionBfgs(int problem) {
        compare(
                problem,
                new Sr1(),
                PeerProblem::objective,
                peer -> ddogleg(peer, FactoryOptimization.doglegBFGS(null)));
    }

    private static void compare(
            int problem, Optimizer ours, Function<PeerProblem, Objective> objective, Consumer<PeerProblem> peer) {
        PeerProblem forUs = PeerProblem.all().get(problem);
        PeerProblem forPeer = PeerProblem.all().get(problem);
        peer.accept(forPeer);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray start = Tensors.of(manager, forUs.start(), new Shape(1, forUs.dimension()));
            Optimum optimum = ours.minimize(objective.apply(forUs), start, StopRule.steps(2_000));
            assertThat(optimum.x().numbers()).containsExactly(forUs.minimum(), within(1e-5));
        }
        if (Boolean.getBoolean("secant.print")) {
            System.out.printf(
                    "%-12s %-26s points to %s: ours %d, peer %s%n",
                    ours.name(),
                    forUs.name(),
                    PeerProblem.TARGET,
                    forUs.pointsToTarget(),
                    forPeer.pointsToTarget() == Integer.MAX_VALUE ? "never" : forPeer.pointsToTarget());
        }
        assertThat(forUs.pointsToTarget()).isNotEqualTo(Integer.MAX_VALUE);
        assertThat((double) forUs.pointsToTarget()).isLessThanOrEqualTo(FACTOR * forPeer.pointsToTarget() + BEYOND);
    }

    private static void hipparchusGradients(PeerProblem problem) {
        new NonLinearConjugateGradientOptimizer(
                        Formula.POLAK_RIBIERE,
                        (iteration, before, now) -> now.getValue() < PeerProblem.TARGET || iteration > 5_000)
                .optimize(
                        new MaxEval(1_000_000),
                        GoalType.MINIMIZE,
                        new InitialGuess(problem.start()),
                        new ObjectiveFunction(problem::value),
                        new ObjectiveFunctionGradient(problem::gradient));
    }

    private static void hipparchusSquares(PeerProblem problem) {
        new LevenbergMarquardtOptimizer()
                .optimize(new LeastSquaresBuilder()
                        .start(problem.start())
                        .target(new double[problem.residualCount()])
                        .model(x -> new org.hipparchus.util.Pair<>(
                                new ArrayRealVector(problem.residuals(x.toArray()), false),
                                new Array2DRowRealMatrix(problem.jacobian(x.toArray()))))
                        .maxEvaluations(10_000)
                        .maxIterations(10_000)
                        .build());
    }

    private static void ddogleg(PeerProblem problem, UnconstrainedMinimization peer) {
        FunctionNtoS value = new FunctionNtoS() {
            @Override
            public int getNumOfInputsN() {
                return problem.dimension();
            }

            @Override
            public double process(double[] x) {
                return problem.value(x);
            }
        };
        FunctionNtoN gradient = new FunctionNtoN() {
            @Override
            public int getN() {
                return problem.dimension();
            }

            @Override
            public void process(double[] x, double[] output) {
                System.arraycopy(problem.gradient(x), 0, output, 0, output.length);
            }
        };
        peer.setFunction(value, gradient, 0);
        peer.initialize(problem.start(), 0, 0);
        run(peer);
    }

    private static void ddogleg(PeerProblem problem, UnconstrainedLeastSquares<DMatrixRMaj> peer) {
        FunctionNtoM residuals = new FunctionNtoM() {
            @Override
            public int getNumOfInputsN() {
                return problem.dimension();
            }

            @Override
            public int getNumOfOutputsM() {
                return problem.residualCount();
            }

            @Override
            public void process(double[] x, double[] output) {
                double[] at = problem.residuals(x);
                System.arraycopy(at, 0, output, 0, at.length);
            }
        };
        FunctionNtoMxN<DMatrixRMaj> jacobian = new FunctionNtoMxN<>() {
            @Override
            public int getNumOfInputsN() {
                return problem.dimension();
            }

            @Override
            public int getNumOfOutputsM() {
                return problem.residualCount();
            }

            @Override
            public void process(double[] x, DMatrixRMaj output) {
                double[] flat = Arrays.stream(problem.jacobian(x))
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                System.arraycopy(flat, 0, output.data, 0, flat.length);
            }

            @Override
            public DMatrixRMaj declareMatrixMxN() {
                return new DMatrixRMaj(problem.residualCount(), problem.dimension());
            }
        };
        peer.setFunction(residuals, jacobian);
        peer.initialize(problem.start(), 0, 0);
        run(peer);
    }

    private static void run(IterativeOptimization peer) {
        UtilOptimize.process(peer, 500);
    }
}

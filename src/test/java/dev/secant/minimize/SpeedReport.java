package dev.secant.minimize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.Catalogue;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.Formula;
import dev.secant.optimizer.Lbfgs;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;

/**
 * Prints, for the 1,000-dimensional Rosenbrock valley: the time of a compiled formula's value and gradient over that of
 * hand-written tensor code, and 100 steps of L-BFGS from 1 and 256 starts beside Hipparchus' conjugate gradients with
 * hand-written gradients.
 */
public final class SpeedReport {

    private static final int N = 1_000;

    private SpeedReport() {}

    /** Runs and prints. */
    public static void main(String[] arguments) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            BoundObjective compiled = CompiledObjective.compile(
                            Formula.parse(Catalogue.standard()
                                    .find("rosenbrock")
                                    .orElseThrow()
                                    .formula()),
                            N,
                            Map.of())
                    .bind(manager, DataType.FLOAT64, Map.of());
            for (int starts : new int[] {1, 256}) {
                double[][] points = new double[starts][N];
                for (double[] point : points) {
                    Arrays.setAll(point, i -> i % 2 == 0 ? -1.2 : 1);
                }
                NDArray x = manager.create(points);
                double formula = seconds(compiled::apply, x);
                double byHand = seconds(SpeedReport::rosenbrock, x);
                System.out.printf(
                        "value and gradient, %3d starts: formula %.3f ms, tensors by hand %.3f ms, ratio %.2f%n",
                        starts, 1e3 * formula, 1e3 * byHand, formula / byHand);
                run(compiled, x);
                long before = System.nanoTime();
                double value = run(compiled, x);
                System.out.printf(
                        "L-BFGS, 100 steps, %3d starts: %.3f s, value %.4e%n",
                        starts, (System.nanoTime() - before) * 1e-9, value);
            }
            conjugateGradients();
            conjugateGradients();
        }
    }

    private static double run(BoundObjective compiled, NDArray x) {
        try (Optimum optimum = new Lbfgs().minimize(Objective.of(N, compiled::apply), x, StopRule.steps(100))) {
            return optimum.items().get(0).value();
        }
    }

    private static NDArray rosenbrock(NDArray x) {
        NDArray head = x.get(new NDIndex(":, 0:-1"));
        NDArray tail = x.get(new NDIndex(":, 1:"));
        NDArray valley = tail.sub(head.square()).square().mul(100);
        return valley.add(head.sub(1).square()).sum(new int[] {1});
    }

    private static double seconds(UnaryOperator<NDArray> function, NDArray x) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 12; round++) {
            long before = System.nanoTime();
            for (int i = 0; i < 30; i++) {
                try (MemoryScope scope = MemoryScope.open()) {
                    Autograd.valueAndGradient(function, x);
                }
            }
            best = Math.min(best, (System.nanoTime() - before) * 1e-9 / 30);
        }
        return best;
    }

    private static void conjugateGradients() {
        double[] start = new double[N];
        Arrays.setAll(start, i -> i % 2 == 0 ? -1.2 : 1);
        double[] last = start.clone();
        int[] evaluations = {0};
        long before = System.nanoTime();
        int[] iterations = {0};
        var optimizer = new NonLinearConjugateGradientOptimizer(
                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                (iteration, previous, current) -> {
                    iterations[0] = iteration;
                    System.arraycopy(current.getPoint(), 0, last, 0, N);
                    return iteration >= 100;
                },
                1e-8,
                1e-8,
                1);
        optimizer.optimize(
                new MaxEval(1_000_000),
                new MaxIter(1_000_000),
                GoalType.MINIMIZE,
                new InitialGuess(start),
                new ObjectiveFunction(SpeedReport::value),
                new ObjectiveFunctionGradient(point -> {
                    evaluations[0]++;
                    return gradient(point);
                }));
        System.out.printf(
                "Hipparchus conjugate gradients, %d steps, 1 start: %.3f s, %d gradients, value %.4e%n",
                iterations[0], (System.nanoTime() - before) * 1e-9, evaluations[0], value(last));
    }

    private static double value(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - x[i] * x[i];
            sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
        }
        return sum;
    }

    private static double[] gradient(double[] x) {
        double[] gradient = new double[x.length];
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - x[i] * x[i];
            gradient[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * valley;
        }
        return gradient;
    }
}

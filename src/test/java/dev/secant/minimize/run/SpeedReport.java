package dev.secant.minimize.run;

import dev.secant.cli.SecantCommand;
import dev.secant.evaluation.trial.RosenbrockBenchmark;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;

/**
 * Prints the table of {@code bench minimize} and, beside it, Hipparchus' conjugate gradients on the JVM with hand-written
 * value and gradient: once cold, then the best of 20 runs, which is what the compiler of the JVM can make of it.
 */
public final class SpeedReport {

    private static final int STEPS = RosenbrockBenchmark.STEPS;

    private SpeedReport() {}

    /** Runs and prints. */
    public static void main(String[] arguments) {
        int code = SecantCommand.execute("bench", "minimize");
        Peer cold = conjugateGradients();
        Peer warm = cold;
        for (int round = 0; round < 20; round++) {
            Peer again = conjugateGradients();
            warm = again.seconds < warm.seconds ? again : warm;
        }
        System.out.printf(
                "%d steps,   1 start, Hipparchus conjugate gradients by hand: %.4f s cold, %.4f s warm, %d values,"
                        + " %d gradients, value %.4f; 256 starts one after the other: %.3f s%n",
                warm.steps, cold.seconds, warm.seconds, warm.values, warm.gradients, warm.value, 256 * warm.seconds);
        System.exit(code);
    }

    private record Peer(double seconds, int steps, int values, int gradients, double value) {}

    private static Peer conjugateGradients() {
        double[] start = RosenbrockBenchmark.start();
        double[] last = start.clone();
        int[] values = {0};
        int[] gradients = {0};
        int[] steps = {0};
        var optimizer = new NonLinearConjugateGradientOptimizer(
                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                (iteration, previous, current) -> {
                    steps[0] = iteration;
                    System.arraycopy(current.getPoint(), 0, last, 0, last.length);
                    return iteration >= STEPS;
                },
                1e-8,
                1e-8,
                1);
        long before = System.nanoTime();
        optimizer.optimize(
                new MaxEval(1_000_000),
                new MaxIter(1_000_000),
                GoalType.MINIMIZE,
                new InitialGuess(start),
                new ObjectiveFunction(point -> {
                    values[0]++;
                    return value(point);
                }),
                new ObjectiveFunctionGradient(point -> {
                    gradients[0]++;
                    return gradient(point);
                }));
        return new Peer((System.nanoTime() - before) * 1e-9, steps[0], values[0], gradients[0], value(last));
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

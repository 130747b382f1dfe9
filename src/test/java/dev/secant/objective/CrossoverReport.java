package dev.secant.objective;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Prints what value and gradient, or a product with the Hessian, take on plain arrays and on tensors, beside what {@link
 * CompiledObjective#suitsArrays} chooses. The constants of {@link EvaluationCost} come from here.
 */
public final class CrossoverReport {

    private static final int ROUNDS = 7;
    private static final double ROUND_SECONDS = 0.02;
    private static final long LARGEST = 5_000_000;
    private static final Map<String, String> FORMULAS = Map.of(
            "valley", "sum((1 - x[1:n-1])^2 + 100 * (x[2:n] - x[1:n-1]^2)^2)",
            "wave", "10 * n + sum(x^2 - 10 * cos(2 * pi * x))",
            "quotient", "sum(x[1:n-1] / (1 + x[2:n]^2)) + sum(where(x > 0, x^2, -x))",
            "soft", "sum(softplus(x)) + logsumexp(x) + sum(tanh(x)^2)",
            "powers", "sum(exp(x)) + sum(abs(x)^1.5)");
    private static final Map<String, String> WITH_MATRIX = Map.of(
            "quadratic", "dot(x, A @ x) / 2",
            "logistic", "sum(log(1 + exp(-(A @ x)))) + dot(x, x)",
            "matrices", "sum((A @ outer(x, x))^2)");

    private double worst = 1;

    private CrossoverReport() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        CrossoverReport report = new CrossoverReport();
        for (int n : new int[] {2, 10, 100, 1_000, 10_000}) {
            FORMULAS.forEach((name, formula) -> report.measure(name, formula, n, Map.of()));
        }
        for (int n : new int[] {10, 30, 100, 300}) {
            WITH_MATRIX.forEach((name, formula) -> report.measure(name, formula, n, matrix(n)));
        }
        System.out.printf(Locale.ROOT, "the worst choice takes %.2f times what the better takes%n", report.worst);
        System.exit(0);
    }

    private static Map<String, ParameterValue> matrix(int n) {
        Random random = new Random(1);
        double[] numbers = new double[n * n];
        Arrays.setAll(numbers, i -> random.nextGaussian() / n);
        return Map.of("A", new ParameterValue(TensorType.matrix(n, n), numbers, false));
    }

    private void measure(String name, String source, int n, Map<String, ParameterValue> parameters) {
        Map<String, TensorType> types = parameters.isEmpty()
                ? Map.of()
                : Map.of("A", parameters.get("A").type());
        CompiledObjective formula = CompiledObjective.compile(Formula.parse(source), n, types);
        for (int items : List.of(1, 4, 16, 64, 256)) {
            if (items * formula.cost().elements() > LARGEST) {
                return;
            }
            double[][] x = points(items, n);
            try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                    BoundObjective tensors = formula.bind(manager, DataType.FLOAT64, parameters)) {
                ArrayEvaluator arrays = ArrayEvaluator.bind(formula, parameters);
                NDArray v = Tensors.of(manager, x);
                double[] gradient = new double[n];
                print(
                        "%-9s n %5d items %3d gradient".formatted(name, n, items),
                        formula.suitsArrays(items),
                        () -> Arrays.stream(x).forEach(point -> arrays.evaluate(0, point, gradient)),
                        () -> onTensors(manager, x, tensors::apply));
                print(
                        "%-9s n %5d items %3d product ".formatted(name, n, items),
                        formula.productsSuitArrays(items),
                        () -> Arrays.stream(x).forEach(point -> arrays.hessianVectorProduct(0, point, point, gradient)),
                        () -> onTensors(manager, x, z -> tensors.directionalDerivative(z, v)));
            }
        }
    }

    private static double[][] points(int items, int n) {
        Random random = new Random(2);
        double[][] x = new double[items][n];
        for (double[] point : x) {
            Arrays.setAll(point, i -> 0.5 * random.nextGaussian());
        }
        return x;
    }

    /** As minimizations do it, with the ways of the points there and of the numbers back. */
    @SuppressWarnings("try")
    private static void onTensors(NDManager manager, double[][] x, UnaryOperator<NDArray> function) {
        try (MemoryScope scope = MemoryScope.open()) {
            ValueAndGradient at = Autograd.valueAndGradient(function, Tensors.of(manager, x));
            at.values().toDoubleArray();
            at.gradient().toDoubleArray();
        }
    }

    private void print(String what, boolean choosesArrays, Runnable arrays, Runnable tensors) {
        double onArrays = Double.POSITIVE_INFINITY;
        double onTensors = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            onArrays = Math.min(onArrays, seconds(arrays));
            onTensors = Math.min(onTensors, seconds(tensors));
        }
        double chosen = (choosesArrays ? onArrays : onTensors) / Math.min(onArrays, onTensors);
        worst = Math.max(worst, chosen);
        System.out.printf(
                Locale.ROOT,
                "%s: arrays %10.2f us, tensors %10.2f us, ratio %7.2f, chosen %s, %.2f times the better%n",
                what,
                1e6 * onArrays,
                1e6 * onTensors,
                onTensors / onArrays,
                choosesArrays ? "arrays" : "tensors",
                chosen);
    }

    private static double seconds(Runnable task) {
        long before = System.nanoTime();
        int count = 0;
        double seconds = 0;
        while (seconds < ROUND_SECONDS) {
            task.run();
            count++;
            seconds = (System.nanoTime() - before) * 1e-9;
        }
        return seconds / count;
    }
}

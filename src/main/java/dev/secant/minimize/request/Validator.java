package dev.secant.minimize.request;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.run.BatchObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.syntax.Formula;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an objective at its first start, checks its gradient and measures its cost, without minimizing.
 *
 * <p>All of it is computed on plain arrays in float64, on the calling thread; only what an evaluation takes is measured on the
 * engine where the plan asks for float32. Safe for use by many threads, those of plans that {@link #needsEngine} on one thread.
 */
public final class Validator {

    private static final int CHECKED_VARIABLES = 50;
    private static final double AGREEMENT = 1e-4;

    /** Numbers that the starts of a timed evaluation may take. */
    private static final long TIMED_NUMBERS = 10_000_000;

    private final Device device;

    /** @param device what float32 evaluations are timed on */
    public Validator(Device device) {
        this.device = device;
    }

    /** Whether a plan's validation calls the tensor engine: it does in float32. */
    public static boolean needsEngine(MinimizationPlan plan) {
        return !plan.float64();
    }

    /** Evaluates a plan's objective; on the device's thread if it {@link #needsEngine}. */
    public Validation validate(MinimizationPlan plan) {
        CompiledObjective compiled = plan.compiled();
        ArrayEvaluator objective =
                ArrayEvaluator.bind(compiled, plan.definition().parameters());
        double[] start = plan.starts()[0];
        Point point = point(objective, start);
        Double error = Double.isFinite(point.value) ? gradientError(objective, start, point) : null;
        List<String> warnings = warnings(plan, objective, point);
        Map<String, String> parameters = new TreeMap<>();
        compiled.parameters().forEach((name, type) -> parameters.put(name, type.toString()));
        return new Validation(
                Formula.parse(plan.definition().formula()).toString(),
                compiled.dimension(),
                plan.starts().length,
                compiled.digest(),
                parameters,
                compiled.residuals().isPresent(),
                compiled.residuals().map(CompiledObjective::resultSize).orElse(null),
                Json.number(point.value),
                Json.number(norm(point.gradient)),
                error,
                error != null && error < AGREEMENT,
                cost(plan, objective),
                warnings);
    }

    private static List<String> warnings(MinimizationPlan plan, ArrayEvaluator objective, Point point) {
        List<String> warnings = new ArrayList<>();
        if (!Double.isFinite(point.value) || !Double.isFinite(norm(point.gradient))) {
            warnings.add(
                    "The value or the gradient at the first start is not finite: the start would end as NON_FINITE."
                            + objective
                                    .whyNotFinite(0, plan.starts()[0])
                                    .map(" There, %s."::formatted)
                                    .orElse(""));
        } else if (norm(point.gradient) == 0) {
            warnings.add("The gradient at the first start is zero: no step would be taken.");
        }
        if (plan.bounds() != null && !plan.bounds().contains(plan.starts()[0])) {
            warnings.add("The first start lies outside the bounds and would be moved inside.");
        }
        return warnings;
    }

    private static Point point(ArrayEvaluator objective, double[] x) {
        double[] gradient = new double[x.length];
        return new Point(objective.evaluate(0, x, gradient), gradient);
    }

    private static @Nullable Double gradientError(ArrayEvaluator objective, double[] x, Point point) {
        int checked = Math.min(x.length, CHECKED_VARIABLES);
        double[] around = x.clone();
        double[] unused = new double[x.length];
        double largest = 0;
        for (int i = 0; i < checked; i++) {
            double step = 6e-6 * Math.max(1e-2, Math.abs(x[i]));
            around[i] = x[i] + step;
            double above = objective.evaluate(0, around, unused);
            around[i] = x[i] - step;
            double below = objective.evaluate(0, around, unused);
            around[i] = x[i];
            largest = Math.max(largest, Math.abs((above - below) / (2 * step) - point.gradient[i]));
        }
        return Json.number(largest / Math.max(norm(point.gradient), 1e-12));
    }

    private Validation.CostEstimate cost(MinimizationPlan plan, ArrayEvaluator objective) {
        CompiledObjective.Cost cost = plan.compiled().cost();
        int starts = (int) Math.min(plan.starts().length, Math.max(1, TIMED_NUMBERS / Math.max(1, cost.elements())));
        double[][] x = Arrays.copyOf(plan.starts(), starts);
        double measured = needsEngine(plan) ? secondsOnEngine(plan, x) : secondsOnArrays(objective, x);
        // Values and gradients of every intermediate result, 8 bytes each.
        double megabytes = 2e-6 * 8 * cost.elements() * plan.starts().length;
        return new Validation.CostEstimate(
                cost.operations(), cost.elements(), megabytes, measured * plan.starts().length / starts);
    }

    private static double secondsOnArrays(ArrayEvaluator objective, double[][] x) {
        double[] gradient = new double[x[0].length];
        long before = System.nanoTime();
        for (double[] point : x) {
            double unused = objective.evaluate(0, point, gradient);
        }
        return (System.nanoTime() - before) * 1e-9;
    }

    @SuppressWarnings("try")
    private double secondsOnEngine(MinimizationPlan plan, double[][] x) {
        try (NDManager manager = TensorRuntime.get().newManager(device);
                BatchObjective objective = BatchObjective.bind(
                        plan.compiled(), plan.definition().parameters(), null, manager, DataType.FLOAT32);
                MemoryScope scope = MemoryScope.open()) {
            NDArray points = Tensors.of(manager, x).toType(DataType.FLOAT32, false);
            long before = System.nanoTime();
            objective.select(new int[x.length]).evaluate(points).values().toFloatArray();
            return (System.nanoTime() - before) * 1e-9;
        }
    }

    private static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(element -> element * element).sum());
    }

    /** Value and gradient. */
    private static final class Point {
        private final double value;
        private final double[] gradient;

        Point(double value, double[] gradient) {
            this.value = value;
            this.gradient = gradient;
        }
    }
}

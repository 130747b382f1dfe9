package dev.secant.minimize.request;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.GradientCheck;
import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.run.BatchObjective;
import dev.secant.objective.CompiledObjective;
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

/** Tries an objective at its first start, without minimizing; on the calling thread. */
public final class Validator {

    private static final int CHECKED_VARIABLES = 50;

    private final Device device;

    /** On a device; call it from that device's thread only. */
    public Validator(Device device) {
        this.device = device;
    }

    /** Tries a plan's objective. */
    public Validation validate(MinimizationPlan plan) {
        CompiledObjective compiled = plan.compiled();
        try (NDManager manager = TensorRuntime.get().newManager(device)) {
            BatchObjective objective =
                    BatchObjective.bind(compiled, plan.definition().parameters(), null, manager, DataType.FLOAT64);
            double[] start = plan.starts()[0];
            Point point = point(objective, manager, start);
            Double error = Double.isFinite(point.value) ? gradientError(objective, manager, start, point) : null;
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
                    error != null && GradientCheck.isNone(error),
                    cost(plan, objective, manager),
                    warnings);
        }
    }

    private static List<String> warnings(MinimizationPlan plan, BatchObjective objective, Point point) {
        List<String> warnings = new ArrayList<>();
        if (!Double.isFinite(point.value) || !Double.isFinite(norm(point.gradient))) {
            warnings.add("The value or the gradient at the first start is not finite: it would end as NON_FINITE."
                    + objective
                            .whyNotFinite(0, plan.starts()[0])
                            .map(" There, %s."::formatted)
                            .orElse(""));
        } else if (norm(point.gradient) == 0) {
            warnings.add("The gradient at the first start is zero: nothing would move.");
        }
        if (plan.bounds() != null && !plan.bounds().contains(plan.starts()[0])) {
            warnings.add("The first start is outside the bounds and would be moved inside.");
        }
        return warnings;
    }

    @SuppressWarnings("try")
    private static Point point(BatchObjective objective, NDManager manager, double[] x) {
        try (MemoryScope scope = MemoryScope.open()) {
            var both = objective.evaluate(Tensors.of(manager, new double[][] {x}));
            return new Point(both.values().getDouble(0), both.gradient().toDoubleArray());
        }
    }

    private static @Nullable Double gradientError(
            BatchObjective objective, NDManager manager, double[] x, Point point) {
        GradientCheck check =
                new GradientCheck(points -> values(objective, manager, points), x, point.value, objective.noise(0, x));
        return Json.number(check.largestError(Arrays.copyOf(point.gradient, Math.min(x.length, CHECKED_VARIABLES))));
    }

    @SuppressWarnings("try")
    private static double[] values(BatchObjective objective, NDManager manager, double[][] points) {
        try (MemoryScope scope = MemoryScope.open()) {
            return objective
                    .select(new int[points.length])
                    .apply(Tensors.of(manager, points))
                    .toDoubleArray();
        }
    }

    @SuppressWarnings("try")
    private static Validation.CostEstimate cost(MinimizationPlan plan, BatchObjective objective, NDManager manager) {
        CompiledObjective.Cost cost = plan.compiled().cost();
        int starts = Math.min(plan.starts().length, (int) Math.max(1, 10_000_000 / Math.max(1, cost.elements())));
        double[][] x = Arrays.copyOf(plan.starts(), starts);
        long before = System.nanoTime();
        try (MemoryScope scope = MemoryScope.open()) {
            objective
                    .select(new int[starts])
                    .evaluate(Tensors.of(manager, x))
                    .values()
                    .toDoubleArray();
        }
        double seconds = (System.nanoTime() - before) * 1e-9 * plan.starts().length / starts;
        // Values and gradients of every intermediate result, 8 bytes each.
        double megabytes = 2e-6 * 8 * cost.elements() * plan.starts().length;
        return new Validation.CostEstimate(cost.operations(), cost.elements(), megabytes, seconds);
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

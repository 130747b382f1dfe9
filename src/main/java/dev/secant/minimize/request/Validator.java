package dev.secant.minimize.request;

import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.syntax.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Evaluates an objective at its first start, without minimizing: on plain arrays, without the engine, on the calling thread. */
public final class Validator {

    private static final int CHECKED_VARIABLES = 50;
    private static final long TIMED_NUMBERS = 1_000_000;

    /** Evaluates a plan's objective. */
    public Validation validate(MinimizationPlan plan) {
        CompiledObjective compiled = plan.compiled();
        ArrayEvaluator objective =
                ArrayEvaluator.bind(compiled, plan.definition().parameters());
        double[] start = plan.starts()[0];
        Point point = Point.of(objective, start);
        Double error = Double.isFinite(point.value) ? gradientError(objective, start, point) : null;
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
                cost(plan, objective),
                warnings(plan, objective, point));
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

    private static @Nullable Double gradientError(ArrayEvaluator objective, double[] x, Point point) {
        GradientCheck check =
                new GradientCheck(points -> values(objective, points), x, point.value, objective.noise(0, x));
        return Json.number(check.largestError(Arrays.copyOf(point.gradient, Math.min(x.length, CHECKED_VARIABLES))));
    }

    private static double[] values(ArrayEvaluator objective, double[][] points) {
        double[] values = new double[points.length];
        double[] gradient = new double[points[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = objective.evaluate(0, points[i], gradient);
        }
        return values;
    }

    /** Times some of the starts, until {@value #TIMED_NUMBERS} numbers are computed. */
    private static Validation.CostEstimate cost(MinimizationPlan plan, ArrayEvaluator objective) {
        CompiledObjective.Cost cost = plan.compiled().cost();
        int all = plan.starts().length;
        int starts = (int) Math.min(all, Math.max(1, TIMED_NUMBERS / Math.max(1, cost.elements())));
        double[] gradient = new double[plan.compiled().dimension()];
        long before = System.nanoTime();
        for (int start = 0; start < starts; start++) {
            var unused = objective.evaluate(0, plan.starts()[start], gradient);
        }
        double seconds = (System.nanoTime() - before) * 1e-9 * all / starts;
        // Values and gradients of every intermediate result, 8 bytes each.
        double megabytes = 2e-6 * 8 * cost.elements() * all;
        return new Validation.CostEstimate(cost.operations(), cost.elements(), megabytes, seconds);
    }

    private static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(element -> element * element).sum());
    }

    /** Value and gradient. */
    private static final class Point {
        private final double value;
        private final double[] gradient;

        private Point(double value, double[] gradient) {
            this.value = value;
            this.gradient = gradient;
        }

        static Point of(ArrayEvaluator objective, double[] x) {
            double[] gradient = new double[x.length];
            return new Point(objective.evaluate(0, x, gradient), gradient);
        }
    }
}

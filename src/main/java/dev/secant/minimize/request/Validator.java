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

/** Tries an objective at its first start, without minimizing: on plain arrays, without the engine, on the calling thread. */
public final class Validator {

    private static final int CHECKED_VARIABLES = 50;
    private static final double AGREEMENT = 1e-4;
    private static final long TIMED_NUMBERS = 1_000_000;

    /** Tries a plan's objective. */
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
                error != null && error < AGREEMENT,
                cost(plan, objective),
                warnings(plan, objective, point));
    }

    private static List<String> warnings(MinimizationPlan plan, ArrayEvaluator objective, Point point) {
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

    private static @Nullable Double gradientError(ArrayEvaluator objective, double[] x, Point point) {
        int checked = Math.min(x.length, CHECKED_VARIABLES);
        double largest = 0;
        for (int i = 0; i < checked; i++) {
            double step = 6e-6 * Math.max(1e-2, Math.abs(x[i]));
            double up = moved(objective, x, i, step);
            double down = moved(objective, x, i, -step);
            largest = Math.max(largest, Math.abs((up - down) / (2 * step) - point.gradient[i]));
        }
        return Json.number(largest / Math.max(norm(point.gradient), 1e-12));
    }

    private static double moved(ArrayEvaluator objective, double[] x, int variable, double by) {
        double[] moved = x.clone();
        moved[variable] += by;
        return Point.of(objective, moved).value;
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

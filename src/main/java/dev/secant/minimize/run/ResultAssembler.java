package dev.secant.minimize.run;

import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationItem.Certificate;
import dev.secant.minimize.MinimizationItem.Curve;
import dev.secant.minimize.MinimizationItem.Iterate;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationPlan.Method;
import dev.secant.minimize.MinimizationProvenance;
import dev.secant.minimize.Solver;
import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what solvers made of a start into the answer. */
final class ResultAssembler {

    private static final double NEAR = 1e-4;
    private static final double NEAR_ZERO = 1e-7;

    private final MinimizationPlan plan;
    private final SolverFactory solvers;

    ResultAssembler(MinimizationPlan plan, SolverFactory solvers) {
        this.plan = plan;
        this.solvers = solvers;
    }

    MinimizationItem item(
            int start, double[] x, SolverRun main, @Nullable SolverRun baseline, @Nullable Certificate certificate) {
        Optimum.Outcome outcome = main.outcome();
        Method other = plan.compareWith();
        return new MinimizationItem(
                start,
                Json.numbers(x),
                Json.number(outcome.value()),
                Json.number(outcome.gradientNorm()),
                knownMinimum(outcome.value()),
                curve(plan.method(), main),
                baseline == null || other == null ? null : curve(other, baseline),
                certificate,
                new MinimizationProvenance(main.storage()));
    }

    private @Nullable Double knownMinimum(double value) {
        for (double minimum : plan.minima()) {
            double tolerance = minimum == 0 ? NEAR_ZERO : NEAR * Math.abs(minimum);
            if (Math.abs(value - minimum) <= tolerance) {
                return minimum;
            }
        }
        return null;
    }

    private Curve curve(Method method, SolverRun run) {
        Optimum.Outcome outcome = run.outcome();
        return new Curve(
                name(method),
                outcome.termination().name(),
                outcome.convergence() == Convergence.NONE
                        ? null
                        : outcome.convergence().name(),
                Json.number(outcome.value()),
                outcome.steps(),
                outcome.evaluations(),
                outcome.safeguarded(),
                run.events(),
                spacing(outcome.recordedSteps()),
                spacing(outcome.recordedSteps()) == 1 ? null : Json.counts(outcome.recordedSteps()),
                Json.numbers(outcome.values()),
                Json.numbers(outcome.gradientNorms()),
                Json.numbers(outcome.stepLengths()),
                Json.numbers(outcome.secantResiduals()),
                plan.recording().cosines() ? Json.numbers(run.cosines()) : null,
                Json.counts(outcome.evaluationCounts()),
                plan.recording().iterates() ? iterates(run.points()) : null);
    }

    /** The most steps from one recorded point to the next, 1 where all are recorded. */
    private static int spacing(int[] steps) {
        int most = 1;
        for (int k = 1; k < steps.length; k++) {
            most = Math.max(most, steps[k] - steps[k - 1]);
        }
        return most;
    }

    private String name(Method method) {
        String name = method.solver() == Solver.AUTO
                ? "auto"
                : solvers.optimizer(method).name();
        return method.checkpoint() == null ? name : name + " " + method.checkpoint();
    }

    private static List<Iterate> iterates(List<SolverRun.Point> points) {
        return points.stream()
                .map(point -> new Iterate(point.step(), Json.numbers(point.x())))
                .toList();
    }
}

package dev.secant.minimize.run;

import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a solver made of one start.
 *
 * @param x the best point, in the solver's variables
 * @param storage where the run that found the best point was done
 * @param outcome what happened
 * @param events what a reader should know, such as a change of method
 * @param points iterates kept
 * @param cosines of each recorded step's angle to steepest descent, from the start (NaN); empty where not asked for
 * @param limit points that are kept at most
 */
public record SolverRun(
        double[] x,
        Storage storage,
        Optimum.Outcome outcome,
        List<String> events,
        List<Point> points,
        double[] cosines,
        int limit) {

    public SolverRun {
        events = List.copyOf(events);
        points = List.copyOf(points);
    }

    /** A kept iterate, in the request's variables. */
    record Point(int step, double[] x) {}

    /** The same with further evaluations that left no trace, and an event. */
    public SolverRun with(int further, String event) {
        List<String> all = new ArrayList<>(events);
        all.add(event);
        return new SolverRun(x, storage, with(further, outcome.termination()), all, points, cosines, limit);
    }

    private SolverRun ended(Termination termination) {
        return new SolverRun(x, storage, with(0, termination), events, points, cosines, limit);
    }

    private Optimum.Outcome with(int further, Termination termination) {
        Optimum.Outcome o = outcome;
        return new Optimum.Outcome(
                o.value(),
                o.gradientNorm(),
                o.steps(),
                o.evaluations() + further,
                termination,
                termination == Termination.CONVERGED ? o.convergence() : Convergence.NONE,
                o.recordedSteps(),
                o.values(),
                o.gradientNorms(),
                o.stepLengths(),
                o.secantResiduals(),
                o.evaluationCounts(),
                o.safeguarded());
    }

    /**
     * This, and then what went on from its best point; the second's start repeats it and is left out.
     *
     * @param epsilon the rounding unit of the arithmetic
     */
    public SolverRun then(SolverRun next, double epsilon) {
        Optimum.Outcome a = outcome;
        Optimum.Outcome b = next.outcome;
        List<String> all = new ArrayList<>(events);
        all.addAll(next.events);
        List<Point> allPoints = new ArrayList<>(points);
        next.points.stream()
                .filter(point -> point.step > 0)
                .forEach(point -> allPoints.add(new Point(point.step + a.steps(), point.x)));
        int[] kept = kept(a.values().length + Math.max(0, b.values().length - 1));
        boolean better = b.improvesOn(a, epsilon);
        Optimum.Outcome joined = new Optimum.Outcome(
                better ? b.value() : a.value(),
                better ? b.gradientNorm() : a.gradientNorm(),
                a.steps() + b.steps(),
                a.evaluations() + b.evaluations(),
                b.termination(),
                b.convergence(),
                joined(kept, a.recordedSteps(), b.recordedSteps(), a.steps()),
                joined(kept, a.values(), b.values()),
                joined(kept, a.gradientNorms(), b.gradientNorms()),
                joined(kept, a.stepLengths(), b.stepLengths()),
                joined(kept, a.secantResiduals(), b.secantResiduals()),
                joined(kept, a.evaluationCounts(), b.evaluationCounts(), a.evaluations()),
                a.safeguarded() + b.safeguarded());
        double[] allCosines =
                cosines.length == 0 || next.cosines.length == 0 ? new double[0] : joined(kept, cosines, next.cosines);
        return new SolverRun(
                better ? next.x : x,
                better ? next.storage : storage,
                joined,
                all,
                thinned(allPoints),
                allCosines,
                limit);
    }

    /** The entries of a history of some length that are kept: all, or every second one and the last, halved until they fit. */
    private int[] kept(int length) {
        int every = 1;
        while ((length - 1) / every > limit) {
            every *= 2;
        }
        int regular = (length + every - 1) / every;
        int[] kept = new int[(length - 1) % every == 0 ? regular : regular + 1];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = k < regular ? k * every : length - 1;
        }
        return kept;
    }

    private List<Point> thinned(List<Point> all) {
        int every = 1;
        while (all.size() / every > limit) {
            every *= 2;
        }
        int step = every;
        return IntStream.range(0, all.size())
                .filter(k -> k % step == 0)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * A run that does not go down at each step may meet the gradient's tolerance at a point that is higher than its best: then the
     * best point is the result, and has not converged.
     */
    public SolverRun asReached(StopRule rule) {
        int last = outcome.values().length - 1;
        boolean elsewhere = rule.isContradictedBy(outcome) && outcome.values()[last] > outcome.value();
        return elsewhere
                ? ended(Termination.STALLED)
                        .with(
                                0,
                                "the gradient's tolerance was met at %.17g, above the best value"
                                        .formatted(outcome.values()[last]))
                : this;
    }

    /** Whether another method may still lower the value. */
    boolean isUnfinished() {
        return switch (outcome.termination()) {
            case STALLED, MAX_STEPS, DIVERGED -> true;
            case NON_FINITE -> Double.isFinite(outcome.value()) && outcome.steps() > 0;
            case CONVERGED, TIME_LIMIT, CANCELLED -> false;
        };
    }

    boolean isNotFiniteAtStart() {
        return outcome.termination() == Termination.NON_FINITE && outcome.steps() == 0;
    }

    /** Entries of a, and then of b without its first. */
    private static double[] joined(int[] kept, double[] a, double[] b) {
        double[] all = new double[kept.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = kept[k] < a.length ? a[kept[k]] : b[kept[k] - a.length + 1];
        }
        return all;
    }

    private static int[] joined(int[] kept, int[] a, int[] b, int offset) {
        int[] all = new int[kept.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = kept[k] < a.length ? a[kept[k]] : b[kept[k] - a.length + 1] + offset;
        }
        return all;
    }
}

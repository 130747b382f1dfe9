package dev.secant.minimize.run;

import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a solver made of one start.
 *
 * @param x the best point, in the solver's variables
 * @param outcome what happened
 * @param events what a reader should know, such as a change of method
 * @param points iterates kept
 * @param cosines of each step's angle to steepest descent, one a step from the start (NaN); empty where not asked for
 */
public record SolverRun(
        double[] x, Optimum.Outcome outcome, List<String> events, List<Point> points, double[] cosines) {

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
        return new SolverRun(x, with(further, outcome.termination()), all, points, cosines);
    }

    private SolverRun ended(Termination termination) {
        return new SolverRun(x, with(0, termination), events, points, cosines);
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
        boolean better = b.improvesOn(a, epsilon);
        Optimum.Outcome joined = new Optimum.Outcome(
                better ? b.value() : a.value(),
                better ? b.gradientNorm() : a.gradientNorm(),
                a.steps() + b.steps(),
                a.evaluations() + b.evaluations(),
                b.termination(),
                b.convergence(),
                concat(a.values(), b.values()),
                concat(a.gradientNorms(), b.gradientNorms()),
                concat(a.stepLengths(), b.stepLengths()),
                concat(a.secantResiduals(), b.secantResiduals()),
                concat(a.evaluationCounts(), b.evaluationCounts(), a.evaluations()),
                a.safeguarded() + b.safeguarded());
        double[] allCosines =
                cosines.length == 0 || next.cosines.length == 0 ? new double[0] : concat(cosines, next.cosines);
        return new SolverRun(better ? next.x : x, joined, all, allPoints, allCosines);
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

    private static double[] concat(double[] a, double[] b) {
        if (b.length == 0) {
            return a;
        }
        double[] all = Arrays.copyOf(a, a.length + b.length - 1);
        System.arraycopy(b, 1, all, a.length, b.length - 1);
        return all;
    }

    private static int[] concat(int[] a, int[] b, int offset) {
        int[] all = Arrays.copyOf(a, a.length + Math.max(0, b.length - 1));
        for (int i = 1; i < b.length; i++) {
            all[a.length + i - 1] = b[i] + offset;
        }
        return all;
    }
}

package dev.secant.minimize.run;

import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.optimizer.quasinewton.Bfgs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The solver {@code auto}: L-SR1 starts and is watched. After 30 steps, and again each time they have doubled, L-BFGS is
 * tried beside it, from where L-SR1 was at the last watch, with half the evaluations that L-SR1 has used since. Where
 * L-BFGS is clearly better it takes over, from the lower of the two ends. Sums of squares that are not done by then are
 * finished by Levenberg and Marquardt's method, other objectives where L-BFGS stalls by BFGS.
 *
 * <p>Items share evaluations of the engine and nothing else: each has its own watches, trials and budgets.
 */
final class AutoSolver {

    private static final int FIRST_WATCH = 30;
    private static final int LEAST_TRIAL = 5;
    private static final int LONGEST_TRIAL = 60;
    private static final double SHARE_BEFORE_SQUARES = 0.3;
    private static final double CLEARLY = 0.5;
    private static final int LARGEST_DENSE = 500;

    private final BatchSolver batch;
    private final Optimizer first;
    private final Optimizer lbfgs;
    private final StopRule rule;
    private final int budget;

    /**
     * @param batch the items
     * @param first what starts
     * @param lbfgs what may take over
     * @param rule the request's
     */
    AutoSolver(BatchSolver batch, Optimizer first, Optimizer lbfgs, StopRule rule) {
        this.batch = batch;
        this.first = first;
        this.lbfgs = lbfgs;
        this.rule = rule;
        this.budget = batch.hasResiduals()
                ? (int) Math.max(1, rule.maxEvaluations() * SHARE_BEFORE_SQUARES)
                : rule.maxEvaluations();
    }

    List<SolverRun> minimize(double[][] starts) {
        List<SolverRun> solved = new ArrayList<>(batch.minimize(
                first,
                BatchSolver.all(starts.length),
                starts,
                Collections.nCopies(starts.length, phase(FIRST_WATCH, 0, budget))));
        boolean[] handedOver = new boolean[starts.length];
        double[][] from = starts.clone();
        List<@Nullable SolverRun> before = new ArrayList<>(Collections.nCopies(starts.length, null));
        for (int watch = FIRST_WATCH; ; watch *= 2) {
            List<Integer> watched = able(solved, item -> solved.get(item).isUnfinished() && !handedOver[item]);
            watched.removeIf(item -> solved.get(item).outcome().evaluations() + LEAST_TRIAL > budget);
            if (watched.isEmpty()) {
                break;
            }
            compare(solved, before, watched, from, handedOver);
            watched.removeIf(item -> handedOver[item]);
            goOn(solved, before, from, watched, watch);
        }
        goOn(solved, item -> solved.get(item).isUnfinished(), lbfgs, rule.maxSteps(), budget, null);
        finish(solved);
        return solved;
    }

    /** Tries L-BFGS from where the watched items were at the last watch. */
    private void compare(
            List<SolverRun> solved,
            List<@Nullable SolverRun> before,
            List<Integer> watched,
            double[][] from,
            boolean[] handedOver) {
        List<StopRule> trials = new ArrayList<>();
        for (int item : watched) {
            SolverRun earlier = before.get(item);
            int used = solved.get(item).outcome().evaluations();
            int spent = used - (earlier == null ? 0 : earlier.outcome().evaluations());
            int trial = Math.min(Math.min(Math.max(LEAST_TRIAL, spent / 2), LONGEST_TRIAL), budget - used);
            trials.add(phase(rule.maxSteps(), 0, trial));
        }
        double[][] starts = watched.stream().map(item -> from[item]).toArray(double[][]::new);
        List<SolverRun> tried = batch.minimize(lbfgs, rows(watched), starts, trials);
        for (int i = 0; i < watched.size(); i++) {
            int item = watched.get(i);
            Watch found = new Watch(before.get(item), solved.get(item), tried.get(i));
            handedOver[item] = found.isClearlyBetter();
            solved.set(item, found.joined(first.name(), batch.epsilon()));
        }
    }

    /** The first method goes on. */
    private void goOn(
            List<SolverRun> solved,
            List<@Nullable SolverRun> before,
            double[][] from,
            List<Integer> watched,
            int steps) {
        for (int item : watched) {
            before.set(item, solved.get(item));
            from[item] = solved.get(item).x();
        }
        goOn(solved, watched::contains, first, steps, budget, null);
    }

    /**
     * A trial of L-BFGS.
     *
     * @param before what there was at the last watch; null at the start
     * @param all what there is now
     * @param tried L-BFGS from the last watch
     */
    private record Watch(@Nullable SolverRun before, SolverRun all, SolverRun tried) {

        /** At the same number of evaluations it is half as far above the lowest value that either has reached. */
        boolean isClearlyBetter() {
            Optimum.Outcome own = all.outcome();
            if (own.termination() != Termination.MAX_STEPS) {
                return true;
            }
            double lowest = Math.min(own.value(), value());
            return value() < valueThen() && value() - lowest <= CLEARLY * (valueThen() - lowest);
        }

        private double value() {
            return tried.outcome().value();
        }

        /** The first method's best value with as many evaluations as L-BFGS had. */
        private double valueThen() {
            Optimum.Outcome own = all.outcome();
            int until = tried.outcome().evaluations()
                    + (before == null ? 0 : before.outcome().evaluations());
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < own.values().length && own.evaluationCounts()[k] <= until; k++) {
                best = Math.min(best, own.values()[k]);
            }
            return best;
        }

        /** The way from here on, with a word on what was seen; the evaluations of both count. */
        SolverRun joined(String name, double epsilon) {
            String seen = "L-BFGS tried beside %s with %d evaluations reached %.3g, %s %.3g"
                    .formatted(name, tried.outcome().evaluations(), value(), name, valueThen());
            int step = all.outcome().steps();
            if (!isClearlyBetter()) {
                return all.with(
                        tried.outcome().evaluations(),
                        "step %d: %s: not clearly better, %s goes on".formatted(step, seen, name));
            }
            String event = all.outcome().termination() == Termination.MAX_STEPS
                    ? "step %d: %s: clearly better, handed over".formatted(step, seen)
                    : "step %d: %s ended as %s: handed over to L-BFGS"
                            .formatted(step, name, all.outcome().termination());
            boolean better = tried.outcome().improvesOn(all.outcome(), epsilon);
            if (before == null || !better) {
                return better
                        ? tried.with(all.outcome().evaluations(), event)
                        : all.with(tried.outcome().evaluations(), event);
            }
            int lost = all.outcome().evaluations() - before.outcome().evaluations();
            return before.with(lost, event).then(tried, epsilon);
        }
    }

    private void finish(List<SolverRun> solved) {
        if (batch.hasResiduals()) {
            goOn(
                    solved,
                    item -> solved.get(item).isUnfinished(),
                    new LevenbergMarquardt(),
                    rule.maxSteps(),
                    rule.maxEvaluations(),
                    "a sum of squares: finished by Levenberg-Marquardt");
        }
        if (batch.dimension() <= LARGEST_DENSE) {
            goOn(
                    solved,
                    item -> solved.get(item).outcome().termination() == Termination.STALLED,
                    new Bfgs(),
                    rule.maxSteps(),
                    rule.maxEvaluations(),
                    "stalled: BFGS tried");
        }
    }

    /** Lets an optimizer go on with some of the items, together. */
    private void goOn(
            List<SolverRun> solved,
            Predicate<Integer> which,
            Optimizer by,
            int steps,
            int evaluations,
            @Nullable String event) {
        List<Integer> items = able(solved, which);
        items.removeIf(item -> solved.get(item).outcome().evaluations() + 1 >= evaluations);
        if (items.isEmpty()) {
            return;
        }
        List<StopRule> left = items.stream()
                .map(item -> solved.get(item).outcome())
                .map(done -> phase(steps, done.steps(), evaluations - done.evaluations()))
                .toList();
        double[][] starts = items.stream().map(item -> solved.get(item).x()).toArray(double[][]::new);
        List<SolverRun> next = batch.minimize(by, rows(items), starts, left);
        for (int i = 0; i < items.size(); i++) {
            SolverRun run = solved.get(items.get(i));
            SolverRun noted = event == null
                    ? run
                    : run.with(0, "step %d: %s".formatted(run.outcome().steps(), event));
            solved.set(items.get(i), noted.then(next.get(i), batch.epsilon()));
        }
    }

    /** Those of some items that have evaluations and steps left. */
    private List<Integer> able(List<SolverRun> solved, Predicate<Integer> which) {
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < solved.size(); item++) {
            Optimum.Outcome outcome = solved.get(item).outcome();
            if (which.test(item)
                    && outcome.evaluations() + 1 < rule.maxEvaluations()
                    && outcome.steps() < rule.maxSteps()) {
                items.add(item);
            }
        }
        return items;
    }

    private static int[] rows(List<Integer> items) {
        return items.stream().mapToInt(Integer::intValue).toArray();
    }

    private StopRule phase(int steps, int stepsDone, int evaluations) {
        return new StopRule(
                Math.max(1, Math.min(steps, rule.maxSteps() - stepsDone)),
                Math.max(1, evaluations),
                rule.gradientTolerance(),
                rule.relativeGradientTolerance(),
                rule.relativeDecreaseTolerance(),
                rule.timeLimit(),
                rule.nanoClock());
    }
}

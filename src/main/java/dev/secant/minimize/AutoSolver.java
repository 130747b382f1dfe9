package dev.secant.minimize;

import dev.secant.optimizer.Bfgs;
import dev.secant.optimizer.Lbfgs;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Sr1;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The solver {@code auto}: L-SR1 starts and is watched; L-BFGS is tried from where it got and takes over where it lowers
 * the value by more an evaluation; sums of squares that are not done by then are finished by Levenberg and Marquardt's
 * method, other objectives where L-BFGS stalls by BFGS.
 */
final class AutoSolver {

    private static final int WATCHED_STEPS = 20;
    private static final double SHARE_BEFORE_SQUARES = 0.3;
    /** Values fall faster the earlier it is, whatever the method. */
    private static final double EARLIER_IS_EASIER = 10;

    private static final int LARGEST_DENSE = 500;

    private final BatchSolver batch;
    private final Optimizer first;
    private final MinimizationPlan.Method method;
    private final StopRule rule;

    /**
     * @param batch the items
     * @param methods where the learned optimizer comes from; without one, classical L-SR1 starts
     * @param method the request's settings
     * @param rule the request's
     */
    AutoSolver(BatchSolver batch, Methods methods, MinimizationPlan.Method method, StopRule rule) {
        this.batch = batch;
        this.first = methods.learned(method).orElseGet(() -> new Sr1(method.memory()));
        this.method = method;
        this.rule = rule;
    }

    List<Solved> minimize(double[][] starts) {
        Optimizer lbfgs = new Lbfgs(method.memory());
        int budget = batch.hasResiduals()
                ? (int) Math.max(1, rule.maxEvaluations() * SHARE_BEFORE_SQUARES)
                : rule.maxEvaluations();
        List<Solved> solved = new ArrayList<>(batch.minimize(
                first, BatchSolver.all(starts.length), starts, phase(WATCHED_STEPS, 0, Math.min(budget, 60))));
        List<Solved> watched = List.copyOf(solved);
        goOn(solved, item -> solved.get(item).isUnfinished(), lbfgs, WATCHED_STEPS, budget, "L-BFGS tried");
        goOn(
                solved,
                item -> solved.get(item).isUnfinished() && !isBetter(solved.get(item), watched.get(item)),
                first,
                rule.maxSteps(),
                budget,
                "back to " + first.name() + ": it lowers the value by more an evaluation");
        goOn(solved, item -> solved.get(item).isUnfinished(), lbfgs, rule.maxSteps(), budget, "handed over to L-BFGS");
        finish(solved);
        return solved;
    }

    private void finish(List<Solved> solved) {
        if (batch.hasResiduals()) {
            for (int item = 0; item < solved.size(); item++) {
                Solved before = solved.get(item);
                if (before.isUnfinished() && remaining(before) > 1) {
                    Solved after = batch.minimizeSquares(item, before.x(), remainder(before, rule.maxEvaluations()));
                    solved.set(item, before.then(after, event(before, "a sum of squares: finished by LM")));
                }
            }
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
    private void goOn(List<Solved> solved, Predicate<Integer> which, Optimizer by, int steps, int budget, String what) {
        List<Integer> items = new ArrayList<>();
        int used = 0;
        for (int item = 0; item < solved.size(); item++) {
            Solved before = solved.get(item);
            int evaluations = before.outcome().evaluations();
            boolean hasSteps = before.outcome().steps() < rule.maxSteps();
            if (which.test(item) && evaluations + 1 < budget && hasSteps) {
                items.add(item);
                used = Math.max(used, evaluations);
            }
        }
        if (items.isEmpty()) {
            return;
        }
        int[] rows = items.stream().mapToInt(Integer::intValue).toArray();
        double[][] starts = items.stream().map(item -> solved.get(item).x()).toArray(double[][]::new);
        int stepsDone = items.stream()
                .mapToInt(item -> solved.get(item).outcome().steps())
                .max()
                .orElse(0);
        List<Solved> next = batch.minimize(by, rows, starts, phase(steps, stepsDone, budget - used));
        for (int i = 0; i < rows.length; i++) {
            Solved before = solved.get(rows[i]);
            solved.set(rows[i], before.then(next.get(i), event(before, what)));
        }
    }

    private static String event(Solved before, String what) {
        return "after step %d: %s".formatted(before.outcome().steps(), what);
    }

    private StopRule phase(int steps, int stepsDone, int evaluations) {
        return new StopRule(
                Math.max(1, Math.min(steps, rule.maxSteps() - stepsDone)),
                Math.max(1, evaluations),
                rule.gradientTolerance(),
                rule.relativeDecreaseTolerance(),
                rule.timeLimit(),
                rule.nanoClock());
    }

    private StopRule remainder(Solved before, int budget) {
        return phase(
                rule.maxSteps(),
                before.outcome().steps(),
                budget - before.outcome().evaluations());
    }

    private int remaining(Solved before) {
        return Math.min(
                rule.maxEvaluations() - before.outcome().evaluations(),
                rule.maxSteps() - before.outcome().steps());
    }

    /** Whether what came after the watched part lowered the value by more an evaluation than the watched part's end. */
    private static boolean isBetter(Solved all, Solved watched) {
        double[] values = watched.outcome().values();
        int[] counts = watched.outcome().evaluationCounts();
        int middle = values.length / 2;
        int spent = watched.outcome().evaluations();
        double before = (values[middle] - watched.outcome().value()) / Math.max(1, spent - counts[middle]);
        double after = (watched.outcome().value() - all.outcome().value())
                / Math.max(1, all.outcome().evaluations() - spent);
        return after * EARLIER_IS_EASIER >= before || watched.outcome().termination() != Termination.MAX_STEPS;
    }
}

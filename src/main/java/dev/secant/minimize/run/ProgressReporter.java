package dev.secant.minimize.run;

import dev.secant.minimize.Deadline;
import dev.secant.minimize.ItemProgress;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.optimizer.RunProgress;
import dev.secant.optimizer.StopRule;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells each start of a batch how far it is, a few times a second by the stop rule's clock. A start is worked on by one method
 * after the other: steps and evaluations of earlier ones are added. One thread uses it.
 */
public final class ProgressReporter {

    private static final long INTERVAL_NANOS = 250_000_000;

    private final List<MinimizationProblem> problems;
    private final StopRule rule;
    private final LongSupplier clock;
    private final int solvers;
    private final Deadline[] deadlines;
    private final int[] steps;
    private final int[] evaluations;
    private final int[] stepsBefore;
    private final int[] evaluationsBefore;
    private final double[] values;
    private final double[] gradientNorms;
    private int solver;
    private long reported;

    /**
     * @param problems the batch
     * @param deadlines when the time of each is up
     */
    public ProgressReporter(List<MinimizationProblem> problems, Deadline[] deadlines) {
        MinimizationPlan plan = problems.get(0).plan();
        this.problems = problems;
        this.rule = plan.stop();
        this.clock = deadlines[0].nanoClock();
        this.deadlines = deadlines;
        this.solvers = plan.compareWith() == null ? 1 : 2;
        this.reported = clock.getAsLong() - INTERVAL_NANOS;
        this.steps = new int[problems.size()];
        this.evaluations = new int[problems.size()];
        this.stepsBefore = new int[problems.size()];
        this.evaluationsBefore = new int[problems.size()];
        this.values = new double[problems.size()];
        this.gradientNorms = new double[problems.size()];
        Arrays.fill(values, Double.POSITIVE_INFINITY);
    }

    /** The solver that is compared with begins from the starts. */
    public void nextSolver() {
        solver++;
        Arrays.fill(steps, 0);
        Arrays.fill(evaluations, 0);
    }

    /** A method begins to work on some of the starts. */
    public void begin(int[] items) {
        for (int item : items) {
            stepsBefore[item] = steps[item];
            evaluationsBefore[item] = evaluations[item];
        }
    }

    /**
     * After a step of a method.
     *
     * @param items those it works on, by their place in the batch
     * @param progress theirs, in this order
     */
    public void report(int[] items, RunProgress progress) {
        long now = clock.getAsLong();
        boolean due = now - reported >= INTERVAL_NANOS;
        for (int k = 0; k < items.length; k++) {
            int item = items[k];
            steps[item] = stepsBefore[item] + progress.steps(k);
            evaluations[item] = evaluationsBefore[item] + progress.evaluations(k);
            if (solver == 0 && progress.value(k) < values[item]) {
                values[item] = progress.value(k);
                gradientNorms[item] = progress.gradientNorm(k);
            }
            if (due) {
                problems.get(item)
                        .progress()
                        .accept(new ItemProgress(
                                steps[item],
                                evaluations[item],
                                values[item],
                                gradientNorms[item],
                                fraction(item, now)));
            }
        }
        if (due) {
            reported = now;
        }
    }

    private double fraction(int item, long now) {
        double used = Math.max(
                Math.max((double) steps[item] / rule.maxSteps(), (double) evaluations[item] / rule.maxEvaluations()),
                1
                        - (double) (deadlines[item].endNanos() - now)
                                / rule.timeLimit().toNanos());
        return Math.min(1, (solver + Math.min(1, used)) / solvers);
    }
}

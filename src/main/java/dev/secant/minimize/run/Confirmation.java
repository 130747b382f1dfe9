package dev.secant.minimize.run;

import dev.secant.objective.Disturbance;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The last look at numbers before they are an answer: a result's value and gradient norm are evaluated once more, on plain arrays
 * that were bound anew, whatever evaluated them on the way.
 *
 * <p>They may differ by rounding. How much that is depends on what cancels in the formula, so it is measured: the same evaluation
 * with every intermediate number moved at random by up to 64 {@code sqrt(w)} units of rounding, w the elements of
 * the formula's widest operation. A result is confirmed where it differs by no more than eight times what these
 * movements do in some of 16 draws. So at a kink, where a last digit turns the gradient, and at the edge of where the
 * formula is finite, a result is confirmed, too; and in float32 with float32's unit.
 */
public final class Confirmation {

    private static final double UNITS = 64;
    private static final double SPREADS = 8;
    private static final int DRAWS = 16;

    private final ArrayFormula formula;
    private final StopRule rule;
    private final double epsilon;
    private final double smallest;

    /**
     * @param formula bound anew, of all items of the batch
     * @param rule the requests'
     * @param epsilon the rounding unit of the arithmetic that is looked at
     */
    public Confirmation(ArrayFormula formula, StopRule rule, double epsilon) {
        this.formula = formula;
        this.rule = rule;
        this.epsilon = epsilon;
        this.smallest = epsilon < 1e-10 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    }

    /** Why what was made of an item, and beside it by another solver, is no result; null where it is one. */
    @Nullable
    public String objection(int item, SolverRun run, @Nullable SolverRun beside) {
        String objection = objection(item, run);
        return objection != null || beside == null ? objection : objection(item, beside);
    }

    private @Nullable String objection(int item, SolverRun run) {
        Optimum.Outcome outcome = run.outcome();
        if (!Double.isFinite(outcome.value()) || !Double.isFinite(outcome.gradientNorm())) {
            return outcome.termination() == Termination.CONVERGED
                    ? "It says CONVERGED where the value is %s and the gradient's norm %s."
                            .formatted(outcome.value(), outcome.gradientNorm())
                    : null;
        }
        if (rule.isContradictedBy(outcome)) {
            return "It says CONVERGED (%s) with a gradient norm of %s, above the tolerance."
                    .formatted(outcome.convergence(), outcome.gradientNorm());
        }
        double[] gradient = new double[run.x().length];
        double value = formula.evaluate(item, run.x(), gradient);
        double norm = norm(gradient);
        return isConfirmed(item, run, value, gradient)
                ? null
                : ("The value %s and the gradient norm %s at its result could not be confirmed: evaluated once more they are %s and %s,"
                                + " and rounding does not explain the difference.")
                        .formatted(outcome.value(), outcome.gradientNorm(), value, norm);
    }

    private boolean isConfirmed(int item, SolverRun run, double value, double[] gradient) {
        double off = Math.abs(value - run.outcome().value());
        // Squares below the least normal number underflow.
        double normOff = Math.abs(norm(gradient) - run.outcome().gradientNorm()) - Math.sqrt(smallest);
        if (off <= epsilon * Math.abs(value) && normOff <= epsilon * norm(gradient)) {
            return true;
        }
        Random random = new Random(item);
        Disturbance disturbance =
                new Disturbance(UNITS * epsilon * Math.sqrt((double) formula.width()), smallest, random);
        double[] moved = new double[gradient.length];
        double spread = 0;
        double normSpread = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double movedValue = formula.disturbed(item, run.x(), moved, disturbance);
            if (!Double.isFinite(movedValue) || !Double.isFinite(norm(moved))) {
                return true;
            }
            spread = Math.max(spread, Math.abs(movedValue - value));
            normSpread = Math.max(normSpread, distance(moved, gradient));
            if (off <= SPREADS * spread && normOff <= SPREADS * normSpread) {
                return true;
            }
        }
        return false;
    }

    private static double norm(double[] v) {
        return distance(v, new double[v.length]);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}

package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.policy.ProblemFeatures;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.policy.StepAdvice;

/**
 * The line search of one item of {@link SecantQuasiNewton}: scalars only, its vectors are those of a row of {@link SecantVectors}. The line
 * numbers are those of section 5 of docs/methods/secant.md.
 *
 * <p>A direction starts at an extrapolated point: where the last line has its minimum if the function is quadratic along it, with the
 * gradient that linearity gives it there. On a quadratic that is an exact line search which costs no evaluation, and the directions are those
 * of conjugate gradients.
 */
final class ExtrapolatedLineSearch {

    private static final double SUFFICIENT_DECREASE = 1e-4;

    /** Of the square of the gradient's norm, what must be left where values are equal up to rounding: it shrinks by a tenth. */
    private static final double FLATTER = 0.81;

    /** The shortest line, beside the move, whose pair is kept: this, or so many mismatches. */
    private static final double SHORTEST_LINE = 1e-3;

    private static final double MISMATCHES_A_LINE = 10;
    private static final double LARGEST_MISMATCH = 1e3;
    private static final double MOST_SHORTENED = 0.1;
    private static final double LEAST_SHORTENED = 0.5;

    private final SecantPolicy policy;
    private final SecantPolicy.Constants constants;
    private final SecantVectors vectors;
    private final BatchRun run;
    private final double startNorm;
    private final StepFactor factors;
    private final RejectedTrials rejected = new RejectedTrials();
    private boolean extrapolated;
    private boolean first;
    private double factor = 1;
    /** Of this step's first direction, the slope at its extrapolated point. */
    private double firstBaseSlope;

    private ProblemFeatures.Past past = ProblemFeatures.Past.NONE;
    private StepAdvice advice = StepAdvice.NONE;

    /** What the search says to a trial. */
    enum Reply {
        ACCEPT,
        TRY_AGAIN,
        GIVE_UP
    }

    /**
     * A search that begins at the start.
     *
     * @param startNorm the start's norm
     */
    ExtrapolatedLineSearch(SecantPolicy policy, BatchRun run, SecantVectors vectors, double startNorm) {
        this.policy = policy;
        this.constants = policy.constants();
        this.run = run;
        this.vectors = vectors;
        this.startNorm = startNorm;
        this.factors = new StepFactor(constants);
    }

    /** A step begins (line 10). */
    void begin(int row) {
        rejected.begin();
        propose(row);
    }

    /** Whether the first proposal of this step was replaced or not taken. */
    boolean wasSafeguarded() {
        return rejected.isSafeguarded();
    }

    /** Lines 11 to 14. */
    private void propose(int row) {
        first = vectors.isEmpty(row);
        if (first) {
            advice = StepAdvice.NONE;
            goDownhill(row);
            return;
        }
        CurvatureSummary curvature = vectors.curvature(row);
        advice = policy.advises() ? StepAdvice.of(policy, features(row, curvature)) : StepAdvice.NONE;
        factor = factors.next(advice);
        vectors.goAlongDescent(row, Shaping.of(constants, curvature, advice, past), factor, extrapolated);
    }

    private ProblemFeatures features(int row, CurvatureSummary curvature) {
        return new ProblemFeatures(curvature.agreement(), vectors.stepCosine(row), curvature.pairCosine(), past);
    }

    /** Line 38. */
    private void goDownhill(int row) {
        factor = factors.downhill(startNorm, run.current().gradientNorms()[row]);
        extrapolated = false;
        vectors.goDownhill(row, factor);
    }

    /** Line 39. */
    private void fallBack(int row) {
        extrapolated = false;
        factor = 1;
        rejected.fallBack();
        vectors.fallBack(row);
    }

    /** Answers the trial (lines 16 to 29). */
    Reply tell(int row, BatchEvaluation trials, int k) {
        if (vectors.wasReplaced(row, trials, k)) {
            extrapolated = false;
            factor = 1;
            rejected.replace();
        }
        if (rejected.count() == 0 && !first) {
            firstBaseSlope = vectors.baseSlope(row, trials, k);
            run.predict(row, -0.5 * firstBaseSlope);
        }
        boolean finite = trials.isFinite(k);
        double rise = trials.values()[k] - run.current().values()[row];
        double slope = vectors.slope(row, trials, k);
        if (finite && isAcceptable(row, trials, k, rise, slope)) {
            return Reply.ACCEPT;
        }
        if (rejected.isLast()) {
            return Reply.GIVE_UP;
        }
        if (rejected.isRestartDue() && !first) {
            // The pairs have led to nothing.
            vectors.forget(row);
            first = true;
            rejected.restart();
            goDownhill(row);
        } else if (!(finite && turn(row, trials, k, mismatch(rise, slope, trials.slopes()[k])))) {
            retreat(row, trials, k, rise, slope);
        }
        return Reply.TRY_AGAIN;
    }

    /** Lines 17 to 19. */
    private boolean isAcceptable(int row, BatchEvaluation trials, int k, double rise, double slope) {
        double tolerance = run.tolerance(row);
        double bound = rejected.isRestarted() ? -tolerance : 0;
        if (rise < bound && rise <= SUFFICIENT_DECREASE * Math.min(slope, 0)) {
            return true;
        }
        double norm = run.current().gradientNorms()[row];
        double trialNorm = trials.gradientNorms()[k];
        return !rejected.isRestarted()
                && Math.abs(rise) <= tolerance
                && trialNorm * trialNorm < FLATTER * (norm * norm);
    }

    /** A rejected trial that fits a quadratic still measures the curvature: learn from it and turn (lines 22 to 25). */
    private boolean turn(int row, BatchEvaluation trials, int k, double mismatch) {
        if (first || !rejected.mayTurn(mismatch)) {
            return false;
        }
        double curvature = vectors.changeAlong(row, trials, k) / factor;
        if (!(curvature > 0)) {
            return false;
        }
        double exact = -vectors.baseSlope(row, trials, k) / curvature;
        keepPair(row, trials, k, extrapolated, mismatch);
        vectors.turn(row, trials, k, exact);
        extrapolated = true;
        factors.note(exact, 1);
        rejected.turn();
        propose(row);
        return true;
    }

    /** Back to the current point, or shorter (lines 26 to 29). */
    private void retreat(int row, BatchEvaluation trials, int k, double rise, double slope) {
        boolean finite = trials.isFinite(k);
        if (first || rejected.hasFallenBack() || !(extrapolated || factor > 1)) {
            double share = finite && rise > slope ? shortening(rise, slope) : MOST_SHORTENED;
            factor *= share;
            vectors.shorten(row, factor);
        } else if (finite && slope < 0) {
            extrapolated = false;
            factor = shortening(rise, slope);
            rejected.fallBack();
            vectors.goAlongTrial(row, trials, k, factor);
        } else {
            fallBack(row);
        }
    }

    /** How much shorter to try: where the quadratic through value, slope and trial has its minimum, within bounds (line 42). */
    private static double shortening(double rise, double slope) {
        return Math.min(LEAST_SHORTENED, Math.max(MOST_SHORTENED, -slope / (2 * (rise - slope))));
    }

    /** Keeps the line's pair or the move's (line 40). */
    private void keepPair(int row, BatchEvaluation trials, int k, boolean line, double mismatch) {
        boolean ofTheLine = false;
        if (line) {
            // Beside a long way to the extrapolated point, a short line's pair is what the way was not quadratic by.
            double shortest = Math.max(SHORTEST_LINE, MISMATCHES_A_LINE * mismatch);
            double length = trials.stepLengths()[k];
            ofTheLine = vectors.lineSquare(row, trials, k) > shortest * shortest * (length * length);
        }
        vectors.keepPair(row, trials, k, ofTheLine);
    }

    /** How far value and slopes are from those of a quadratic: 0 where the trapezoid rule is exact (section 3.1). */
    private static double mismatch(double rise, double slope, double trialSlope) {
        double trapezoid = 0.5 * (slope + trialSlope);
        return Math.min(LARGEST_MISMATCH, Math.abs(rise - trapezoid) / (Math.abs(rise) + Double.MIN_NORMAL));
    }

    /** Moves to a point that no line led to (line 8). */
    void jump(int row, BatchEvaluation next) {
        vectors.arrive(row, next, 0);
        extrapolated = false;
    }

    /** Moves to the accepted trial and extrapolates to the line's minimum (lines 30 to 37). */
    void move(int row, BatchEvaluation next) {
        double slope = vectors.slope(row, next, row);
        double rise = next.values()[row] - run.current().values()[row];
        double mismatch = mismatch(rise, slope, next.slopes()[row]);
        keepPair(row, next, row, extrapolated && mismatch < constants.quadraticEnough(), mismatch);
        double curvature = vectors.changeAlong(row, next, row) / factor;
        double baseSlope = rejected.count() == 0 && !first ? firstBaseSlope : vectors.baseSlope(row, next, row);
        double exact = -baseSlope / curvature;
        double trusted = factors.trust(mismatch);
        double norm = Math.max(run.current().gradientNorms()[row], Double.MIN_NORMAL);
        past = new ProblemFeatures.Past(mismatch, exact / factor, rejected.count(), next.gradientNorms()[row] / norm);
        extrapolated = curvature > 0 && trusted > 0;
        vectors.arrive(row, next, extrapolated ? factors.shift(trusted, mismatch, exact / factor, advice) : 0);
        if (!first && curvature > 0) {
            factors.note(exact, trusted);
        } else if (!first) {
            factors.noteNoMinimum(factor);
        }
        factors.endLine(trusted);
    }
}

package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.quasinewton.LbfgsArrays;

/**
 * One problem of {@link SecantQuasiNewton}, as a conversation: it names a displacement from the current point, is told
 * value and gradient there, and goes on until one is acceptable or it gives up.
 *
 * <p>The base point of a direction is virtual: where the last line has its minimum if the function is quadratic along
 * it, with the gradient that linearity gives it there. On a quadratic that is an exact line search which costs no
 * evaluation, and the directions are those of conjugate gradients.
 */
final class ExtrapolatedLineSearch {

    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double LEAST_LINE = 1e-3;
    private static final double ERRORS_A_LINE = 10;
    private static final int MAX_TRIALS = 40;
    private static final int TRIALS_BEFORE_RESTART = 15;
    private static final int MAX_NULL_STEPS = 2;

    private final SecantPolicy.Constants constants;
    private final LearnedInitialInverseHessian initialInverse;
    private final LbfgsArrays pairs;
    private double value;
    private double[] gradient;
    private final double startLength;
    /** The virtual base less the current point. */
    private double[] offset;

    private double[] baseGradient;
    private boolean isVirtual;
    private double[] direction = {};
    private double factor = 1;
    private double logFactor = 0.3;
    private double trust = 1;
    private boolean firstStep;
    private int trials;
    private ProblemFeatures.Past past = ProblemFeatures.Past.NONE;
    private StepAdvice advice = StepAdvice.NONE;
    private int nullSteps;
    private boolean fellBack;
    private boolean restarted;
    private double predictedDecrease = Double.NaN;

    /** What the search says to an answer. */
    enum Reply {
        ACCEPT,
        TRY_AGAIN,
        GIVE_UP
    }

    /**
     * A search that begins at a point.
     *
     * @param memory L, the pairs kept
     */
    ExtrapolatedLineSearch(SecantPolicy policy, int memory, ArrayPoint start) {
        this.constants = policy.constants();
        this.initialInverse = new LearnedInitialInverseHessian(policy, start.x().length);
        this.pairs = new LbfgsArrays(memory, initialInverse);
        this.value = start.value();
        this.gradient = start.gradient();
        this.startLength = Math.sqrt(Vectors.dot(start.x(), start.x()));
        this.offset = new double[gradient.length];
        this.baseGradient = gradient;
    }

    /** What the pairs say of the curvature along the coordinates. */
    DiagonalCurvature curvature() {
        return initialInverse.curvature();
    }

    /** Starts a step from the current point. */
    void begin() {
        trials = 0;
        nullSteps = 0;
        fellBack = false;
        restarted = false;
        propose();
        predictedDecrease = firstStep ? Double.NaN : -0.5 * Vectors.dot(baseGradient, direction);
    }

    /** What the inverse Hessian foretells of this step's first direction; NaN where nothing is known. */
    double predictedDecrease() {
        return predictedDecrease;
    }

    /** Whether the first proposal of this step was not taken. */
    boolean wasSafeguarded() {
        return trials > 0;
    }

    /** The displacement to try, from the current point. */
    double[] displacement() {
        double[] to = offset.clone();
        Vectors.add(to, factor, direction);
        return to;
    }

    private void propose() {
        firstStep = pairs.isEmpty();
        if (firstStep) {
            advice = StepAdvice.NONE;
            goDownhill();
            return;
        }
        advice = initialInverse.prepare(baseGradient, pairs::descent, past);
        direction = pairs.descent(baseGradient);
        factor = Math.min(
                constants.longestFactor(),
                Math.max(0.1, Math.exp(trust * (logFactor - constants.stepShrinkage()) + advice.logFactor())));
        if (isVirtual && !(Vectors.dot(gradient, displacement()) < 0)) {
            fallBack();
        }
    }

    /** Along the negative gradient of the current point; no pair is stored. */
    private void goDownhill() {
        double norm = Math.sqrt(Vectors.dot(gradient, gradient));
        factor = (startLength > 0 ? constants.firstLength() * startLength : Math.min(1, norm)) / norm;
        returnToCurrent();
        direction = pairs.descent(gradient);
    }

    /** Forgets the pairs: they have led to nothing. */
    private void restart() {
        pairs.forget();
        firstStep = true;
        restarted = true;
        goDownhill();
    }

    private void returnToCurrent() {
        offset = new double[gradient.length];
        baseGradient = gradient;
        isVirtual = false;
    }

    private void fallBack() {
        returnToCurrent();
        direction = pairs.descent(gradient);
        factor = 1;
        fellBack = true;
    }

    /**
     * Answers the trial.
     *
     * @param tolerance values that differ by less than this are taken as equal
     */
    Reply tell(ArrayPoint trial, double tolerance) {
        double[] moved = trial.step();
        double[] trialGradient = trial.gradient();
        double slope = Vectors.dot(gradient, moved);
        double squared = Vectors.dot(trialGradient, trialGradient);
        boolean finite = trial.isFinite();
        double rise = trial.value() - value;
        boolean flat = Math.abs(rise) <= tolerance && squared < 0.81 * Vectors.dot(gradient, gradient);
        // After a restart only a fall that is no rounding counts, or the search would never end at a minimum.
        flat &= !restarted;
        if (finite
                && (flat
                        || (rise < (restarted ? -tolerance : 0) && rise <= SUFFICIENT_DECREASE * Math.min(slope, 0)))) {
            return Reply.ACCEPT;
        }
        if (++trials == MAX_TRIALS) {
            return Reply.GIVE_UP;
        }
        if (trials == TRIALS_BEFORE_RESTART && !firstStep) {
            restart();
            return Reply.TRY_AGAIN;
        }
        if (finite && nullStep(trialGradient, moved, mismatch(rise, trialGradient, moved))) {
            return Reply.TRY_AGAIN;
        }
        if (!firstStep && !fellBack && (isVirtual || factor > 1)) {
            if (finite && slope < 0) {
                interpolate(moved, shrinkage(rise, slope));
            } else {
                fallBack();
            }
        } else {
            factor *= finite && rise > slope ? shrinkage(rise, slope) : 0.1;
        }
        return Reply.TRY_AGAIN;
    }

    /** How much shorter to try: where the quadratic through value, slope and trial has its minimum, within bounds. */
    private static double shrinkage(double rise, double slope) {
        return Math.min(0.5, Math.max(0.1, -slope / (2 * (rise - slope))));
    }

    /** Goes on along the rejected displacement, from the current point. */
    private void interpolate(double[] moved, double shorter) {
        returnToCurrent();
        direction = moved.clone();
        factor = shorter;
        fellBack = true;
    }

    /** A rejected trial that fits a quadratic still measures the curvature: learn from it and turn. */
    private boolean nullStep(double[] trialGradient, double[] moved, double mismatch) {
        double[] change = Vectors.difference(trialGradient, baseGradient);
        double curvature = Vectors.dot(change, direction) / factor;
        if (firstStep || nullSteps == MAX_NULL_STEPS || !(curvature > 0) || !(mismatch < 0.1)) {
            return false;
        }
        nullSteps++;
        double exact = -Vectors.dot(baseGradient, direction) / curvature;
        store(isVirtual, mismatch, trialGradient, moved);
        Vectors.add(offset, exact, direction);
        baseGradient = baseGradient.clone();
        Vectors.add(baseGradient, exact / factor, change);
        isVirtual = true;
        noteFactor(exact, 1);
        // The new base is virtual again: if nothing along its direction is lower, the search must be able to leave it.
        fellBack = false;
        propose();
        return true;
    }

    private void store(boolean fromBase, double mismatch, double[] trialGradient, double[] moved) {
        double[] line = Vectors.scaled(factor, direction);
        // Next to a long way to the virtual base, a short line's pair is what the way was not quadratic by.
        double least = Math.max(LEAST_LINE, ERRORS_A_LINE * mismatch);
        boolean telling = fromBase && Vectors.dot(line, line) > least * least * Vectors.dot(moved, moved);
        double[] step = telling ? line : moved;
        double[] change = Vectors.difference(trialGradient, telling ? baseGradient : gradient);
        initialInverse.learn(step, change);
        pairs.push(step, change);
    }

    private void noteFactor(double exact, double weight) {
        double seen = weight * Math.log(Math.min(constants.longestFactor(), Math.max(0.1, exact)));
        logFactor = constants.memoryOfFactors() * logFactor + (1 - constants.memoryOfFactors()) * seen;
    }

    /** How far value and slopes are from those of a quadratic: 0 where the trapezoid rule is exact. */
    private double mismatch(double rise, double[] trialGradient, double[] moved) {
        double trapezoid = 0.5 * (Vectors.dot(gradient, moved) + Vectors.dot(trialGradient, moved));
        return Math.min(1e3, Math.abs(rise - trapezoid) / (Math.abs(rise) + Double.MIN_NORMAL));
    }

    /** {@code ||B q - p|| / ||p||} of the accepted trial, before {@link #move}. */
    double secantResidual(ArrayPoint trial) {
        return pairs.isEmpty()
                ? Double.NaN
                : pairs.residual(trial.step(), Vectors.difference(trial.gradient(), gradient));
    }

    /** Moves to a point that no line led to. */
    void jump(ArrayPoint to) {
        value = to.value();
        gradient = to.gradient();
        returnToCurrent();
    }

    /** Moves to the accepted trial and puts the virtual base at the line's minimum. */
    void move(ArrayPoint to) {
        double[] trialGradient = to.gradient();
        double[] moved = to.step();
        double mismatch = mismatch(to.value() - value, trialGradient, moved);
        store(isVirtual && mismatch < constants.quadraticEnough(), mismatch, trialGradient, moved);
        double[] change = Vectors.difference(trialGradient, baseGradient);
        double curvature = Vectors.dot(change, direction) / factor;
        double exact = -Vectors.dot(baseGradient, direction) / curvature;
        double weight = mismatch > constants.largestMismatch() ? 0 : 1 / (1 + 100 * mismatch * mismatch);
        past = new ProblemFeatures.Past(
                mismatch,
                exact / factor,
                trials,
                to.gradientNorm() / Math.max(Math.sqrt(Vectors.dot(gradient, gradient)), Double.MIN_NORMAL));
        value = to.value();
        gradient = trialGradient;
        returnToCurrent();
        if (curvature > 0 && weight > 0) {
            double shift = weight
                    * Math.exp(constants.weight(mismatch) * advice.logShift())
                    * Math.min(constants.farthestShift(), Math.max(-0.9, exact / factor - 1));
            offset = Vectors.scaled(shift * factor, direction);
            baseGradient = trialGradient.clone();
            Vectors.add(baseGradient, shift, change);
            isVirtual = true;
        }
        if (!firstStep && curvature > 0) {
            noteFactor(exact, weight);
        } else if (!firstStep) {
            noteFactor(2 * factor, 1);
        }
        trust = Math.sqrt(weight);
    }
}

package dev.secant.optimizer.linesearch;

/**
 * A step length that satisfies the strong Wolfe conditions: bracketing and zoom by safeguarded cubic interpolation
 * (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006, algorithms 3.5 and 3.6).
 *
 * <p>Near a minimum the decrease drowns in rounding. There a step is also taken on the approximate Wolfe condition, which
 * looks at slopes (Hager and Zhang, SIAM J. Optim. 16, 2005, equation 4.1). A trial that is not finite bounds the bracket
 * like one that is too high.
 */
public final class WolfeSearch implements LineSearchStrategy {

    private static final int MAX_TRIALS = 40;
    private static final double MAX_GROWTH = 10;
    private static final double MIN_GROWTH = 1.5;

    private record Trial(double length, double value, double slope, int number) {
        boolean isFinite() {
            return Double.isFinite(value) && Double.isFinite(slope);
        }
    }

    private final Trial start;
    private final SufficientDecrease decrease;
    private final double curvature;
    private final double tolerance;
    private Trial low;
    private Trial high;
    private boolean bracketed;
    private double width = Double.POSITIVE_INFINITY;
    private double formerWidth = Double.POSITIVE_INFINITY;
    private double trial;
    private int told;
    private int chosen = -1;
    private boolean done;

    /**
     * Begins.
     *
     * @param curvature the factor c2 by which the slope must shrink: 0.9 for quasi-Newton methods, 0.1 to 0.4 for
     *     conjugate gradients
     */
    public WolfeSearch(double value, double slope, double firstTrial, double tolerance, double curvature) {
        this.start = new Trial(0, value, slope, -1);
        this.decrease = new SufficientDecrease(value, slope);
        this.low = start;
        this.high = start;
        this.trial = firstTrial;
        this.tolerance = tolerance;
        this.curvature = curvature;
    }

    /** Searches with a curvature factor c2. */
    public static LineSearchStrategy.Factory factory(double curvature) {
        return (value, slope, trial, tolerance) -> new WolfeSearch(value, slope, trial, tolerance, curvature);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public double trial() {
        return trial;
    }

    @Override
    public int chosen() {
        return chosen;
    }

    @Override
    public void tell(double value, double slope) {
        Trial told = new Trial(trial, value, slope, this.told++);
        if (told.isFinite() && isAcceptable(told)) {
            chosen = told.number;
            done = true;
            return;
        }
        if (bracketed) {
            narrow(told);
        } else {
            bracket(told);
        }
        chosen = low.number;
        trial = bracketed ? inside() : beyond();
        done = this.told == MAX_TRIALS || !Double.isFinite(trial) || trial == low.length || trial == high.length;
    }

    private boolean isAcceptable(Trial told) {
        boolean steepEnough = Math.abs(told.slope) <= -curvature * start.slope;
        if (isLowEnough(told) && steepEnough) {
            return true;
        }
        return told.value <= start.value + tolerance
                && told.slope >= curvature * start.slope
                && told.slope <= (2 * SufficientDecrease.SHARE - 1) * start.slope;
    }

    private boolean isLowEnough(Trial told) {
        return decrease.isMetBy(told.length, told.value);
    }

    /** Algorithm 3.5: until a bracket is found, low is the last trial and high the one before. */
    private void bracket(Trial told) {
        if (!told.isFinite() || !isLowEnough(told) || (told.number > 0 && told.value >= low.value)) {
            high = told;
            bracketed = true;
        } else if (told.slope >= 0) {
            high = low;
            low = told;
            bracketed = true;
        } else {
            high = low;
            low = told;
        }
    }

    /** Algorithm 3.6: low is the lowest sufficient trial, and its slope points to high. */
    private void narrow(Trial told) {
        if (!told.isFinite() || !isLowEnough(told) || told.value >= low.value) {
            high = told;
        } else {
            if (told.slope * (high.length - low.length) >= 0) {
                high = low;
            }
            low = told;
        }
    }

    private double beyond() {
        double minimizer = cubicMinimizer(high, low);
        double guess = minimizer > low.length ? minimizer : 4 * low.length;
        return Math.max(MIN_GROWTH * low.length, Math.min(MAX_GROWTH * low.length, guess));
    }

    private double inside() {
        double span = high.length - low.length;
        // Bisect where two interpolations did not shrink the bracket by a third.
        boolean slow = Math.abs(span) > 0.66 * formerWidth;
        formerWidth = width;
        width = Math.abs(span);
        if (!high.isFinite()) {
            return low.length + 0.2 * span;
        }
        double minimizer = slow ? Double.NaN : cubicMinimizer(low, high);
        if (Double.isNaN(minimizer)) {
            return low.length + 0.5 * span;
        }
        double fraction = Math.min(0.9, Math.max(0.1, (minimizer - low.length) / span));
        return low.length + fraction * span;
    }

    /** The minimizer of the cubic through two trials (equation 3.59); NaN where there is none. */
    private static double cubicMinimizer(Trial a, Trial b) {
        double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.length - b.length);
        double d2 = Math.signum(b.length - a.length) * Math.sqrt(d1 * d1 - a.slope * b.slope);
        return b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
    }
}

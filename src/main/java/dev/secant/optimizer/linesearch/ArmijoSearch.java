package dev.secant.optimizer.linesearch;

/**
 * Backtracking by quadratic interpolation until the value has fallen enough (Armijo's condition; Nocedal and Wright,
 * Numerical Optimization, 2nd ed. 2006, section 3.5).
 */
public final class ArmijoSearch implements LineSearchStrategy {

    private static final int MAX_TRIALS = 40;

    private final SufficientDecrease start;
    private final double tolerance;
    private double trial;
    private int told;
    private int chosen = -1;
    private boolean done;

    public ArmijoSearch(double value, double slope, double firstTrial, double tolerance) {
        this.start = new SufficientDecrease(value, slope);
        this.trial = firstTrial;
        this.tolerance = tolerance;
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
    public void tell(double trialValue, double trialSlope) {
        boolean finite = Double.isFinite(trialValue) && Double.isFinite(trialSlope);
        double slope = start.slope();
        double excess = trialValue - start.value();
        // Near the minimum rounding hides the decrease; then the slopes decide (see WolfeSearch).
        boolean flat = Math.abs(excess) <= tolerance && trialSlope <= -0.9 * slope;
        if (finite && (start.isMetBy(trial, trialValue) || flat)) {
            chosen = told;
            done = true;
        } else if (finite) {
            double minimizer = -slope * trial * trial / (2 * (excess - slope * trial));
            trial = Math.min(0.5 * trial, Math.max(0.1 * trial, minimizer));
        } else {
            trial *= 0.2;
        }
        told++;
        done |= told == MAX_TRIALS;
    }
}

package dev.secant.fit.sequence;

/**
 * The Gauss-Newton step of a sequence's priors and temporal term alone, without the images: every variable is a series of its own, a
 * pentadiagonal system. For one thread.
 */
final class StartStep {

    private final SequenceFrames frames;
    private final TemporalTerms temporal;
    private final ScalarSmoother smoother;

    StartStep(SequenceFrames frames, TemporalTerms temporal) {
        this.frames = frames;
        this.temporal = temporal;
        this.smoother = new ScalarSmoother(frames.count());
    }

    /** The step, {@code [T, n]}. */
    double[] at(SequenceEnergy.Point point) {
        int count = frames.count();
        int n = frames.variables();
        double[] step = new double[count * n];
        double[] precision = new double[count];
        double[] series = new double[count];
        for (int i = 0; i < n; i++) {
            boolean shape = i >= frames.firstBeta() && i < frames.camera();
            double slope = 0;
            double curvature = 0;
            for (int t = 0; t < count; t++) {
                precision[t] = point.curvature()[t * n + i];
                series[t] = -point.gradient()[t * n + i];
                curvature += precision[t];
                slope += series[t];
            }
            if (!shape) {
                smoother.factor(precision, temporal.acceleration()[i], temporal.velocity(i));
                smoother.solve(series, 1);
            }
            for (int t = 0; t < count; t++) {
                step[t * n + i] = shape ? slope / curvature : series[t];
            }
        }
        return step;
    }
}

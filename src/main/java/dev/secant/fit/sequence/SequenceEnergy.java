package dev.secant.fit.sequence;

import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.TreeFitEnergy;

/**
 * The energy of a sequence: each frame's robust reprojection error, its prior, and the temporal term.
 *
 * <pre>{@code E = sum_t [d D_t + p P_t] + sum_t sum_i a_i (second difference of variable i)^2 / 2}</pre>
 */
final class SequenceEnergy {

    /** Frames that a part of the work has. */
    private static final int PART = 128;

    private final PointRig rig;
    private final SequenceFrames frames;
    private final TemporalTerms temporal;
    private final RangeExecutor executor;

    /** The energy; {@code temporal} is used by one thread at a time. */
    SequenceEnergy(PointRig rig, SequenceFrames frames, TemporalTerms temporal, RangeExecutor executor) {
        this.rig = rig;
        this.frames = frames;
        this.temporal = temporal;
        this.executor = executor;
    }

    /**
     * What is known at a state.
     *
     * @param state the state
     * @param value the energy
     * @param gradient {@code [T, n]}
     * @param curvature of the priors, the diagonal, {@code [T, n]}
     */
    record Point(FitBatch state, double value, double[] gradient, double[] curvature) {}

    /** Evaluates. */
    Point at(FitBatch state, boolean withImages) {
        int n = frames.variables();
        double[] gradient = new double[frames.count() * n];
        double[] curvature = new double[frames.count() * n];
        double value = temporal.add(state, gradient, curvature);
        if (withImages) {
            double[] values = new double[(frames.count() + PART - 1) / PART];
            executor.run(values.length, part -> values[part] = reproject(state, part, gradient));
            for (double partial : values) {
                value += partial;
            }
        }
        return new Point(state, value, gradient, curvature);
    }

    private double reproject(FitBatch state, int part, double[] gradient) {
        int n = frames.variables();
        TreeFitEnergy energy = new TreeFitEnergy(rig, state);
        float[] zero = new float[n];
        float[] slopes = new float[n];
        double weight = temporal.weights().data();
        double value = 0;
        for (int t = part * PART; t < Math.min(frames.count(), (part + 1) * PART); t++) {
            if (frames.observed()[t]) {
                value += weight * energy.evaluate(t, zero, 0, slopes, 0);
                for (int i = 0; i < n; i++) {
                    gradient[t * n + i] += weight * slopes[i];
                }
            }
        }
        return value;
    }
}

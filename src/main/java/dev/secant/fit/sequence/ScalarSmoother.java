package dev.secant.fit.sequence;

import dev.secant.linalg.BandedCholesky;

/**
 * Smooths series of numbers: minimizes {@code sum_t p_t (x_t - y_t)^2 / 2 + a (x_{t-1} - 2 x_t + x_{t+1})^2 / 2 + v (x_{t+1} - x_t)^2 / 2},
 * a pentadiagonal system. For one thread.
 */
final class ScalarSmoother {

    private final BandedCholesky matrix;
    private final int frames;

    /** For series of so many frames. */
    ScalarSmoother(int frames) {
        this.frames = frames;
        this.matrix = new BandedCholesky(frames, Math.min(2, frames - 1));
    }

    /**
     * Factors the system.
     *
     * @param precision p, {@code [T]}; one must be positive
     * @param acceleration a
     * @param velocity v, positive
     */
    void factor(double[] precision, double acceleration, double velocity) {
        matrix.clear();
        for (int t = 0; t < frames; t++) {
            matrix.add(t, t, precision[t]);
            if (t + 1 < frames) {
                matrix.add(t, t, velocity);
                matrix.add(t + 1, t + 1, velocity);
                matrix.add(t + 1, t, -velocity);
            }
            if (t > 0 && t + 1 < frames) {
                matrix.add(t - 1, t - 1, acceleration);
                matrix.add(t, t, 4 * acceleration);
                matrix.add(t + 1, t + 1, acceleration);
                matrix.add(t, t - 1, -2 * acceleration);
                matrix.add(t + 1, t, -2 * acceleration);
                matrix.add(t + 1, t - 1, acceleration);
            }
        }
        if (!matrix.factor()) {
            throw new IllegalStateException("The series has no observed frame.");
        }
    }

    /**
     * Solves in place.
     *
     * @param right {@code p_t y_t}, or the negative gradient for a step; series side by side, {@code [T, count]}
     */
    void solve(double[] right, int count) {
        matrix.solve(right, count);
    }
}

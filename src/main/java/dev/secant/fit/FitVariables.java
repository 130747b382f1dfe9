package dev.secant.fit;

import dev.secant.body.kinematics.Rotations;

/** What whitened variables mean: see {@link FitBatch}. A workspace for one person at a time and one thread. */
public final class FitVariables {

    private final FitBatch batch;
    private final float[] delta;
    private final float[] rotations;
    private final float[] betas;
    private final float[] translation = new float[3];
    private final float[] turn = new float[9];
    private float sidewaysMetres;

    public FitVariables(FitBatch batch) {
        this.batch = batch;
        this.delta = new float[batch.variables()];
        this.rotations = new float[9 * batch.joints()];
        this.betas = new float[batch.shapes()];
    }

    /** Decodes one person's variables, {@code [n]} from {@code from}. */
    public void decode(int person, float[] u, int from) {
        int n = batch.variables();
        int joints = batch.joints();
        for (int i = 0; i < n; i++) {
            delta[i] = batch.scales()[person * n + i] * u[from + i];
        }
        for (int j = 0; j < joints; j++) {
            Rotations.exp(delta, 3 * j, turn, 0);
            int start = 9 * (person * joints + j);
            if (j == 0) {
                Rotations.multiply(turn, 0, batch.rotations(), start, rotations, 0);
            } else {
                Rotations.multiply(batch.rotations(), start, turn, 0, rotations, 9 * j);
            }
        }
        for (int s = 0; s < betas.length; s++) {
            betas[s] = batch.betas()[person * betas.length + s] + delta[3 * joints + s];
        }
        int camera = 3 * joints + betas.length;
        float depth = batch.translations()[3 * person + 2];
        float size = batch.observations().boxes()[3 * person + 2];
        float away = (float) Math.exp(delta[camera + 2]);
        sidewaysMetres = away * depth * size;
        for (int i = 0; i < 3; i++) {
            float sideways = i < 2 ? sidewaysMetres * delta[camera + i] : 0;
            translation[i] = away * batch.translations()[3 * person + i] + sideways;
        }
    }

    /** The scaled variables, {@code [n]}. */
    float[] delta() {
        return delta;
    }

    /** Parent-relative rotations, {@code [J, 3, 3]}. */
    public float[] rotations() {
        return rotations;
    }

    /** {@code [S]}. */
    public float[] betas() {
        return betas;
    }

    /** Metres, {@code [3]}. */
    public float[] translation() {
        return translation;
    }

    /** Metres that a unit of the scaled sideways variable moves the body. */
    float sidewaysMetres() {
        return sidewaysMetres;
    }

    /**
     * The transposed Jacobian of the exponential map: takes the derivative of a turn to the derivative of the rotation vector
     * (Sola et al., "A micro Lie theory", 2018, equations 143 and 145).
     *
     * @param left whether the turn is made after the rotation ({@code exp(delta) R}) rather than before ({@code R exp(delta)})
     */
    static void transposedJacobian(float[] delta, int at, boolean left, float[] turn, float[] out, int to) {
        float sign = left ? 1 : -1;
        double x = delta[at];
        double y = delta[at + 1];
        double z = delta[at + 2];
        double squared = x * x + y * y + z * z;
        double a;
        double b;
        if (squared < 1e-6) {
            a = 0.5 - squared / 24;
            b = 1.0 / 6 - squared / 120;
        } else {
            double angle = Math.sqrt(squared);
            a = (1 - Math.cos(angle)) / squared;
            b = (angle - Math.sin(angle)) / (squared * angle);
        }
        // J = I + sign a [d] + b [d]^2, so J' t = t - sign a (d x t) + b (d x (d x t)).
        double cx = y * turn[2] - z * turn[1];
        double cy = z * turn[0] - x * turn[2];
        double cz = x * turn[1] - y * turn[0];
        out[to] = (float) (turn[0] - sign * a * cx + b * (y * cz - z * cy));
        out[to + 1] = (float) (turn[1] - sign * a * cy + b * (z * cx - x * cz));
        out[to + 2] = (float) (turn[2] - sign * a * cz + b * (x * cy - y * cx));
    }
}

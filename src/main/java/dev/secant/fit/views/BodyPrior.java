package dev.secant.fit.views;

/**
 * A body in the world and how far it may be from that: a Gaussian, in whitened variables {@code u [n]}, {@code n = 3 J + S + 3},
 * standard normal around the body.
 *
 * <p>Variables of the root turn the body about the world's axes, {@code R_0 = exp(A u_0) start_0}; those of another joint turn it about
 * its own, {@code R_j = start_j exp(diag(deviation_j) u_j)}; betas and translation are {@code start + deviation u} and {@code start +
 * T u}, metres.
 *
 * @param rotations parent-relative, the root from body space to the world, {@code [J, 3, 3]}
 * @param betas {@code [S]}
 * @param translation of the posed body in the world, metres, {@code [3]}
 * @param rootFactor A, a factor of the covariance of the root's turn, radians, {@code [3, 3]}
 * @param deviations of the other joints' turns, radians, and of the betas, {@code [3 (J - 1) + S]}
 * @param translationFactor T, a factor of the covariance of the translation, metres, {@code [3, 3]}
 */
record BodyPrior(
        float[] rotations,
        float[] betas,
        float[] translation,
        double[] rootFactor,
        double[] deviations,
        double[] translationFactor) {

    /** J. */
    int joints() {
        return rotations.length / 9;
    }

    /** n. */
    int variables() {
        return 3 * joints() + betas.length + 3;
    }
}

package dev.secant.fit;

/**
 * The energy that a fit minimizes, for one person with whitened variables u:
 *
 * <pre>{@code E(u) = sum_k c_k rho(|x_k(u) - x_k*|^2 / (tau size)^2) + |u|^2 / 2,   rho(q) = q / (2 (1 + q / kappa^2))}</pre>
 *
 * <p>Over keypoints k with confidence {@code c_k}: the robust reprojection error (Geman and McClure 1987, as in SMPLify, Bogo et
 * al. 2016) in units of the person's size, which makes it independent of the image's resolution; and a Gaussian prior around the
 * initialiser's guess with the deviations that it predicts for itself. Defined once, here; evaluated by {@link TreeFitEnergy} on arrays and
 * by {@code tensors.TensorFitEnergy}, which one contract test holds together.
 */
public final class FitEnergy {

    /** Deviation of a detector's keypoint, as a fraction of the person's size. */
    public static final float NOISE = 0.0125f;

    /** Residuals much above this many deviations are treated as outliers. */
    public static final float OUTLIER = 8;

    /** Points are projected no nearer than this, in metres. */
    public static final float NEAREST = 0.1f;

    private FitEnergy() {}
}

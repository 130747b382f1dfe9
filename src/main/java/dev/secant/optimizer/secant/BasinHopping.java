package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A way out of a local minimum: two probes on either side, equally far along every coordinate, and a jump along the asymmetry of their
 * gradients. Around a minimum of a wave on a slope, {@code g(x + d) + g(x - d) - 2 g(x)} has no part of the wave that is
 * symmetric about the minimum, and what is left points up the slope. How far to look and to jump is learned.
 */
final class BasinHopping {

    private static final double NEGLIGIBLE = 1e-6;

    private final SecantPolicy.Constants constants;
    private double largestGradient;
    private boolean failed;

    BasinHopping(SecantPolicy.Constants constants) {
        this.constants = constants;
    }

    /** Takes note of a point that the method came to. */
    void see(ArrayPoint current) {
        largestGradient = Math.max(largestGradient, FeatureScaling.rootMeanSquare(current.gradient()));
    }

    /** Whether a hop is worth its evaluations here. */
    boolean isDue(ArrayPoint current, DiagonalCurvature curvature) {
        return !failed
                && FeatureScaling.rootMeanSquare(current.gradient()) < constants.flatness() * largestGradient
                && curvature.negativeShare() > constants.negativeShare()
                && curvature.meanMagnitude() > 0;
    }

    /** Begins a hop. */
    Attempt begin(ArrayPoint current, DiagonalCurvature curvature) {
        return new Attempt(current, curvature.meanMagnitude());
    }

    /** One hop, as a conversation. */
    final class Attempt {
        private final ArrayPoint current;
        private final double curvature;
        private double[] displacement;
        private double @Nullable [] forward;
        private boolean jumping;
        private @Nullable ArrayPoint landed;

        private Attempt(ArrayPoint current, double curvature) {
            this.current = current;
            this.curvature = curvature;
            this.displacement = new double[current.x().length];
            Arrays.fill(displacement, constants.probe() * largestGradient / curvature);
        }

        double[] displacement() {
            return displacement;
        }

        /** The point to move to, after the end; null if there is none. */
        @Nullable
        ArrayPoint landed() {
            return landed;
        }

        /**
         * Answers the trial.
         *
         * @return whether the hop ends here
         */
        boolean tell(ArrayPoint trial) {
            if (jumping) {
                landed = trial.isFinite() && trial.value() < current.value() ? trial : null;
                failed = landed == null;
                return true;
            }
            if (!trial.isFinite()) {
                failed = true;
                return true;
            }
            if (forward == null) {
                forward = trial.gradient();
                displacement = Vectors.scaled(-1, displacement);
                return false;
            }
            jumping = true;
            double[] asymmetry = Vectors.sum(forward, trial.gradient());
            Vectors.add(asymmetry, -2, current.gradient());
            failed = FeatureScaling.rootMeanSquare(asymmetry) < NEGLIGIBLE * largestGradient;
            displacement = Vectors.scaled(-constants.gain() / curvature, asymmetry);
            return failed;
        }
    }
}

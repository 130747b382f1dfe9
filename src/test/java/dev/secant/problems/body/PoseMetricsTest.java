package dev.secant.problems.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.kinematics.Rotations;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoseMetricsTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void procrustesForgivesRotationScaleAndTranslation() {
        double[][] truth = points(14);
        double[] rotation = Rotations.matrix(0.4, -1.2, 2.0);
        double[][] estimate = new double[truth.length][3];
        for (int i = 0; i < truth.length; i++) {
            for (int a = 0; a < 3; a++) {
                estimate[i][a] = 5 - a;
                for (int b = 0; b < 3; b++) {
                    estimate[i][a] += 2.5 * rotation[3 * a + b] * truth[i][b];
                }
            }
        }
        assertThat(PoseMetrics.procrustesMpjpe(estimate, truth)).isEqualTo(0, within(1e-9));
    }

    @Test
    void procrustesDoesNotForgiveAMirror() {
        double[][] truth = points(14);
        double[][] mirrored = new double[truth.length][];
        for (int i = 0; i < truth.length; i++) {
            mirrored[i] = new double[] {-truth[i][0], truth[i][1], truth[i][2]};
        }
        assertThat(PoseMetrics.procrustesMpjpe(mirrored, truth)).isGreaterThan(0.1);
    }

    @Test
    void mpjpeIsTheMeanDistanceWithTheRootsTogether() {
        double[][] truth = {{0, 0, 0}, {1, 0, 0}};
        double[][] estimate = {{3, 4, 0}, {1, 0, 7}};
        assertThat(PoseMetrics.mpjpe(estimate, truth, new double[3], new double[3]))
                .isEqualTo(6, within(1e-12));
        assertThat(PoseMetrics.mpjpe(estimate, truth, new double[] {3, 4, 0}, new double[3]))
                .isEqualTo(Math.sqrt(9 + 16 + 49) / 2, within(1e-12));
    }

    @Test
    void theMeanDistancesDerivativeEqualsDifferences() {
        int size = 3 * (CommonJoints.pelvis() + 1 + CommonJoints.count());
        float[] estimate = new float[size];
        float[] truth = new float[size];
        for (int i = 0; i < size; i++) {
            estimate[i] = (float) random.nextGaussian();
            truth[i] = (float) random.nextGaussian();
        }
        float[] gradient = new float[size];
        CommonJoints.meanDistance(estimate, truth, 0, gradient);
        for (int i = 0; i < size; i++) {
            float[] moved = estimate.clone();
            moved[i] += 1e-2f;
            double up = CommonJoints.meanDistance(moved, truth, 0, new float[size]);
            moved[i] -= 2e-2f;
            double down = CommonJoints.meanDistance(moved, truth, 0, new float[size]);
            assertThat((double) gradient[i]).isEqualTo((up - down) / 2e-2, within(2e-3));
        }
    }

    private double[][] points(int count) {
        double[][] points = new double[count][3];
        for (double[] point : points) {
            for (int axis = 0; axis < 3; axis++) {
                point[axis] = random.nextGaussian();
            }
        }
        return points;
    }
}

package dev.secant.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The Jacobian against differences of the points and against the energy's gradient. */
class FitJacobianTest {

    private final PointRig rig = PointRig.compile(BodyModels.defaultBody(), KeypointCatalogue.all());
    private final FitBatch batch = RandomFitBatch.of(rig, 3, 5);
    private final int slots = KeypointCatalogue.all().size();
    private final int n = batch.variables();

    @Test
    void itsColumnsEqualDifferences() {
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        FitJacobian jacobians = new FitJacobian(rig, batch);
        for (int person = 0; person < batch.size(); person++) {
            FitJacobian.Rows jacobian = jacobians.at(person);
            double[] middle = residuals(energy, person, new float[batch.size() * n]);
            double[] weights = weights(middle, person);
            for (int i = 0; i < n; i++) {
                float step = 2e-2f;
                float[] u = new float[batch.size() * n];
                u[person * n + i] = step;
                double[] up = residuals(energy, person, u);
                u[person * n + i] = -step;
                double[] down = residuals(energy, person, u);
                for (int row = 0; row < 2 * slots; row++) {
                    double expected = weights[row / 2] * (up[row] - down[row]) / (2 * step);
                    assertThat(at(jacobian, row, i))
                            .as("row %d, variable %d", row, i)
                            .isCloseTo(expected, within(0.02 + 0.02 * Math.abs(expected)));
                }
            }
        }
    }

    @Test
    void withTheResidualsItGivesTheEnergysGradient() {
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        FitJacobian.Rows jacobian = new FitJacobian(rig, batch).at(1);
        double[] residuals = residuals(energy, 1, new float[batch.size() * n]);
        double[] weights = weights(residuals, 1);
        float[] gradient = new float[n];
        energy.evaluate(1, new float[n], 0, gradient, 0);
        for (int i = 0; i < n; i++) {
            double product = 0;
            for (int row = 0; row < 2 * slots; row++) {
                product += at(jacobian, row, i) * weights[row / 2] * residuals[row];
            }
            assertThat((double) gradient[i]).isCloseTo(product, within(1e-3 + 1e-3 * Math.abs(product)));
        }
    }

    /** Of slot row / 2; zero where that is not detected. */
    private static double at(FitJacobian.Rows jacobian, int row, int variable) {
        int place = Arrays.binarySearch(jacobian.slots(), row / 2);
        return place < 0 ? 0 : jacobian.values()[2 * place + row % 2][variable];
    }

    /** Residuals over the noise, unweighted, {@code [2 K]}. */
    private double[] residuals(TreeFitEnergy energy, int person, float[] u) {
        float[] points = energy.points(person, u, person * n);
        double unit = FitEnergy.NOISE * batch.observations().boxes()[3 * person + 2];
        double[] residuals = new double[2 * slots];
        for (int k = 0; k < slots; k++) {
            for (int axis = 0; axis < 2; axis++) {
                double ray = batch.observations().rays()[2 * (person * slots + k) + axis];
                residuals[2 * k + axis] = (points[3 * k + axis] / points[3 * k + 2] - ray) / unit;
            }
        }
        return residuals;
    }

    private double[] weights(double[] residuals, int person) {
        double[] weights = new double[slots];
        for (int k = 0; k < slots; k++) {
            double q = residuals[2 * k] * residuals[2 * k] + residuals[2 * k + 1] * residuals[2 * k + 1];
            double saturation = 1 / (1 + q / (FitEnergy.OUTLIER * FitEnergy.OUTLIER));
            weights[k] = Math.sqrt(batch.observations().weights()[person * slots + k]) * saturation;
        }
        return weights;
    }
}

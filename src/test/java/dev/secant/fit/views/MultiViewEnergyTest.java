package dev.secant.fit.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import dev.secant.optimizer.ResidualObjective;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Value, gradient and Jacobian of the energy of several views agree with one another and with differences. */
class MultiViewEnergyTest {

    private static final BodyModel BODY = BodyModels.defaultBody();
    private static final PointRig RIG = PointRig.compile(BODY, KeypointCatalogue.all());

    private final SplittableRandom random = new SplittableRandom(5);
    private final MultiViewEnergy energy = new MultiViewEnergy(RIG, rays(), prior());
    private final int n = energy.dimension();

    @Test
    void theGradientIsThatOfTheValue() {
        double[] u = point();
        double[] gradient = new double[n];
        energy.evaluate(0, u, gradient);
        double[] direction = point();
        double h = 1e-3;
        double up = energy.evaluate(0, moved(u, direction, h), new double[n]);
        double down = energy.evaluate(0, moved(u, direction, -h), new double[n]);
        double along = 0;
        for (int i = 0; i < n; i++) {
            along += gradient[i] * direction[i];
        }
        assertThat((up - down) / (2 * h)).isCloseTo(along, within(2e-3 * Math.abs(along) + 1e-2));
    }

    @Test
    void everyPartOfTheGradientIsThatOfTheValue() {
        double[] u = point();
        double[] gradient = new double[n];
        energy.evaluate(0, u, gradient);
        for (int i : new int[] {0, 1, 2, 3, 10, 30, 50, 71, 72, 76, 81, 82, 83, 84}) {
            double h = 1e-2;
            double[] unit = new double[n];
            unit[i] = 1;
            double up = energy.evaluate(0, moved(u, unit, h), new double[n]);
            double down = energy.evaluate(0, moved(u, unit, -h), new double[n]);
            assertThat((up - down) / (2 * h))
                    .as("variable %d", i)
                    .isCloseTo(gradient[i], within(1e-2 * Math.abs(gradient[i]) + 5e-2));
        }
    }

    @Test
    void halfTheSumOfSquaresIsTheValueAndItsDerivativeTheGradient() {
        double[] u = point();
        double[] gradient = new double[n];
        double value = energy.evaluate(0, u, gradient);
        try (NDManager manager = TensorRuntime.get().newManager(ai.djl.Device.cpu())) {
            ResidualObjective.Linearization at =
                    energy.linearize(Tensors.of(manager, u, new ai.djl.ndarray.types.Shape(1, n)));
            double[] residuals = at.residuals().toDoubleArray();
            double[] jacobian = at.jacobian().toDoubleArray();
            double half = 0;
            double[] product = new double[n];
            for (int row = 0; row < residuals.length; row++) {
                half += 0.5 * residuals[row] * residuals[row];
                for (int i = 0; i < n; i++) {
                    product[i] += jacobian[row * n + i] * residuals[row];
                }
            }
            assertThat(half).isCloseTo(value, within(1e-4 * value));
            for (int i = 0; i < n; i++) {
                assertThat(product[i])
                        .as("variable %d", i)
                        .isCloseTo(gradient[i], within(1e-3 * Math.abs(gradient[i]) + 1e-3));
            }
        }
    }

    private double[] point() {
        double[] u = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = 0.5 * random.nextGaussian();
        }
        return u;
    }

    private static double[] moved(double[] u, double[] direction, double step) {
        double[] moved = u.clone();
        for (int i = 0; i < u.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }

    private static ViewRays rays() {
        SplittableRandom random = new SplittableRandom(7);
        int slots = KeypointCatalogue.all().size();
        float[] rotations = new float[18];
        Rotations.exp(new float[] {0.2f, -0.4f, 0.1f}, 0, rotations, 0);
        Rotations.exp(new float[] {-0.1f, 1.2f, 0.2f}, 0, rotations, 9);
        float[] rays = new float[4 * slots];
        float[] weights = new float[2 * slots];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 5 == 0 ? 0 : random.nextFloat();
            rays[2 * i] = (float) (0.1 * random.nextGaussian());
            rays[2 * i + 1] = (float) (0.2 * random.nextGaussian());
        }
        Observations observations = new Observations(rays, weights, new float[6]);
        observations.measureBox(0, slots);
        observations.measureBox(1, slots);
        return new ViewRays(rotations, new float[] {0.1f, 0, 4, -0.2f, 0.3f, 3}, observations);
    }

    private static BodyPrior prior() {
        SplittableRandom random = new SplittableRandom(11);
        int joints = BODY.jointCount();
        float[] rotations = new float[9 * joints];
        for (int j = 0; j < joints; j++) {
            float[] vector = {
                (float) (0.3 * random.nextGaussian()),
                (float) (0.3 * random.nextGaussian()),
                (float) (0.3 * random.nextGaussian())
            };
            Rotations.exp(vector, 0, rotations, 9 * j);
        }
        double[] deviations = new double[3 * (joints - 1) + BODY.shapeCount()];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = random.nextDouble(0.1, 0.5);
        }
        return new BodyPrior(
                rotations,
                new float[BODY.shapeCount()],
                new float[] {0.1f, -0.1f, 0.2f},
                new double[] {0.2, 0, 0, 0.05, 0.3, 0, -0.1, 0.02, 0.1},
                deviations,
                new double[] {0.1, 0, 0, -0.05, 0.2, 0, 0.02, 0.01, 0.05});
    }

    @Test
    void rotationsOfEqualEstimatesAreTheirMean() {
        double[] turn = Rotations.matrix(0.3, -0.8, 0.4);
        double[] precision = {4, 0, 0, 0, 9, 0, 0, 0, 16};
        RobustMean.Estimate estimate = new RobustMean.Estimate(turn, precision);
        RobustMean.Mean mean = RobustMean.ofTurnsAboutOwnAxes(List.of(estimate, estimate));
        assertThat(mean.value()).containsExactly(turn, within(1e-9));
    }
}

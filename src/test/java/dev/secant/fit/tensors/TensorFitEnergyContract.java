package dev.secant.fit.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitJacobian;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.ModelHessian;
import dev.secant.fit.RandomFitBatch;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The energy on tensors is the one along the tree: value, gradient, Jacobian and the inverse of the model Hessian, for people far from
 * their guess and near. A subclass names the device.
 */
abstract class TensorFitEnergyContract {

    private static final int PEOPLE = 5;

    private final PointRig rig = PointRig.compile(BodyModels.defaultBody(), KeypointCatalogue.all());
    private final FitBatch batch = RandomFitBatch.of(rig, PEOPLE, 3);
    private final int n = batch.variables();
    private final int slots = KeypointCatalogue.all().size();
    private final SplittableRandom random = new SplittableRandom(3);
    private NDManager manager;
    private TensorFitEnergy energy;

    /** Where the tensors are. */
    protected abstract Device device();

    @BeforeEach
    void open() {
        manager = TensorRuntime.get().newManager(device());
        energy = new TensorFitEnergy(TensorFitEnergy.Model.of(rig, manager), TensorFitBatch.of(batch, manager));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void valuesAndGradientsAreThoseAlongTheTree() {
        for (double deviation : new double[] {1, 1e-3, 0}) {
            float[] u = variables(deviation);
            ValueAndGradient evaluated = energy.evaluate(Tensors.of(manager, u, new Shape(PEOPLE, n)));
            float[] values = evaluated.values().toFloatArray();
            float[] gradients = evaluated.gradient().toFloatArray();
            TreeFitEnergy tree = new TreeFitEnergy(rig, batch);
            float[] gradient = new float[n];
            for (int b = 0; b < PEOPLE; b++) {
                float value = tree.evaluate(b, u, b * n, gradient, 0);
                assertThat(values[b]).isCloseTo(value, within(1e-5f * value));
                float largest = largest(gradient);
                for (int i = 0; i < n; i++) {
                    assertThat(gradients[b * n + i])
                            .as("deviation %s, person %d, variable %d", deviation, b, i)
                            .isCloseTo(gradient[i], within(1e-5f * largest));
                }
            }
        }
    }

    @Test
    void pointsBehindTheNearestPlaneAreTakenAsAtIt() {
        for (int b = 0; b < PEOPLE; b++) {
            batch.translations()[3 * b + 2] = 0.2f; // some points nearer than 0.1 m, some behind the camera
        }
        close();
        open();
        valuesAndGradientsAreThoseAlongTheTree();
        theJacobianIsTheOneAlongTheTree();
    }

    @Test
    void theJacobianIsTheOneAlongTheTree() {
        float[] omega = omega();
        float[] jacobian = energy.jacobian(Tensors.of(manager, omega, new Shape(PEOPLE, slots)))
                .toFloatArray();
        FitJacobian tree = new FitJacobian(rig, batch);
        for (int b = 0; b < PEOPLE; b++) {
            FitJacobian.Rows expected = tree.at(b);
            for (int row = 0; row < 2 * slots; row++) {
                int k = row / 2;
                int at = (b * 2 * slots + row % 2 * slots + k) * n;
                double weight = Math.sqrt(omega[b * slots + k]);
                int place = Arrays.binarySearch(expected.slots(), k);
                for (int i = 0; i < n; i++) {
                    double value = place < 0 ? 0 : weight * expected.values()[2 * place + row % 2][i];
                    assertThat((double) jacobian[at + i] * batch.scales()[b * n + i])
                            .as("person %d, row %d, variable %d", b, row, i)
                            .isCloseTo(value, within(1e-4 + 1e-4 * Math.abs(value)));
                }
            }
        }
    }

    @Test
    void theInverseOfTheModelHessianIsThatOfTheFactor() {
        float[] lambda = new float[PEOPLE * n];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = (float) Math.exp(random.nextGaussian());
        }
        float[] omega = omega();
        float[] y = variables(1);
        TensorModelHessian inverse = TensorModelHessian.of(
                energy,
                Tensors.of(manager, lambda, new Shape(PEOPLE, n)),
                Tensors.of(manager, omega, new Shape(PEOPLE, slots)));
        NDArray all = inverse.times(Tensors.of(manager, y, new Shape(PEOPLE, n)));
        float[] selected = inverse.select(new int[] {3, 1})
                .times(Tensors.of(manager, rows(y, 3, 1), new Shape(2, n)))
                .toFloatArray();
        assertThat(selected).containsExactly(rows(all.toFloatArray(), 3, 1), within(1e-4f));
        FitJacobian tree = new FitJacobian(rig, batch);
        for (int b = 0; b < PEOPLE; b++) {
            double[] expected = new ModelHessian(tree.at(b), rows(lambda, b), rows(omega, b))
                    .factor()
                    .solve(doubles(y, b, n));
            double[] product = doubles(all.toFloatArray(), b, n);
            double largest = 0;
            for (double component : expected) {
                largest = Math.max(largest, Math.abs(component));
            }
            // Float32, and Hessians whose condition is up to 1e5 here.
            assertThat(product).containsExactly(expected, within(1e-3 * largest));
        }
    }

    @Test
    @SuppressWarnings("try")
    void aSelectionKeepsEachPersonAndOutlivesTheStep() {
        float[] u = variables(1);
        float[] all = energy.evaluate(Tensors.of(manager, u, new Shape(PEOPLE, n)))
                .values()
                .toFloatArray();
        TensorFitEnergy selected;
        try (MemoryScope scope = MemoryScope.open()) {
            selected = (TensorFitEnergy) energy.select(new int[] {3, 1});
        }
        float[] some = selected.evaluate(Tensors.of(manager, rows(u, 3, 1), new Shape(2, n)))
                .values()
                .toFloatArray();
        assertThat(some[0]).isCloseTo(all[3], within(1e-5f * all[3]));
        assertThat(some[1]).isCloseTo(all[1], within(1e-5f * all[1]));
    }

    @Test
    void theBatchComesBackAsItWas() {
        FitBatch back = energy.batch().toHost(batch.observations());
        assertThat(back.rotations()).containsExactly(batch.rotations());
        assertThat(back.betas()).containsExactly(batch.betas());
        assertThat(back.translations()).containsExactly(batch.translations());
        assertThat(back.scales()).containsExactly(batch.scales());
    }

    private float[] variables(double deviation) {
        float[] u = new float[PEOPLE * n];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (deviation * random.nextGaussian());
        }
        return u;
    }

    private float[] omega() {
        float[] omega = new float[PEOPLE * slots];
        for (int i = 0; i < omega.length; i++) {
            omega[i] = (float) Math.exp(0.5 * random.nextGaussian());
        }
        return omega;
    }

    private static float[] rows(float[] values, int... rows) {
        int width = values.length / PEOPLE;
        float[] chosen = new float[rows.length * width];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(values, rows[k] * width, chosen, k * width, width);
        }
        return chosen;
    }

    private static double[] doubles(float[] values, int row, int width) {
        double[] doubles = new double[width];
        for (int i = 0; i < width; i++) {
            doubles[i] = values[row * width + i];
        }
        return doubles;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}

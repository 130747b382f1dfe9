package dev.secant.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fit energy along the tree; {@code tensors.TensorFitEnergyContract} holds the one on tensors to it. */
class FitEnergyTest {

    private static final int PEOPLE = 5;

    private final PointRig rig = PointRig.compile(BodyModels.defaultBody(), KeypointCatalogue.all());
    private final SplittableRandom random = new SplittableRandom(3);
    private final FitBatch batch = RandomFitBatch.of(rig, PEOPLE, 3);

    /** Where the tensors are. */
    Device device() {
        return Device.cpu();
    }

    @Test
    void theGradientEqualsDifferences() {
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        int n = batch.variables();
        float[] u = new float[n];
        for (int i = 0; i < n; i++) {
            u[i] = (float) (0.5 * random.nextGaussian());
        }
        float[] gradient = new float[n];
        float[] ignored = new float[n];
        energy.evaluate(2, u, 0, gradient, 0);
        for (int i = 0; i < n; i++) {
            float step = 1e-2f;
            float[] moved = u.clone();
            moved[i] = u[i] + step;
            double up = energy.evaluate(2, moved, 0, ignored, 0);
            moved[i] = u[i] - step;
            double down = energy.evaluate(2, moved, 0, ignored, 0);
            assertThat((double) gradient[i])
                    .as("variable %d", i)
                    .isCloseTo((up - down) / (2 * step), within(0.05 + 0.01 * Math.abs(gradient[i])));
        }
    }

    @Test
    void undetectedKeypointsCostNothing() {
        int slots = KeypointCatalogue.all().size();
        TreeFitEnergy before = new TreeFitEnergy(rig, batch);
        float[] u = new float[batch.variables()];
        float[] gradient = new float[u.length];
        float[] after = new float[u.length];
        int at = slots + 4;
        batch.observations().weights()[at] = 0;
        float value = before.evaluate(1, u, 0, gradient, 0);
        batch.observations().rays()[2 * at] = 77;
        assertThat(before.evaluate(1, u, 0, after, 0)).isEqualTo(value);
        assertThat(after).containsExactly(gradient);
    }

    @Test
    void selectionKeepsEachPerson() {
        try (NDManager manager = TensorRuntime.get().newManager(device())) {
            NDArray u = randomVariables(manager);
            TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
            float[] all = energy.evaluate(u).values().toFloatArray();
            NDArray rows = u.get(Tensors.of(manager, new long[] {3, 1}));
            float[] some =
                    energy.select(new int[] {3, 1}).evaluate(rows).values().toFloatArray();
            assertThat(some).containsExactly(all[3], all[1]);
        }
    }

    private NDArray randomVariables(NDManager manager) {
        float[] u = new float[PEOPLE * batch.variables()];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) random.nextGaussian();
        }
        return Tensors.of(manager, u, new Shape(PEOPLE, batch.variables()));
    }
}

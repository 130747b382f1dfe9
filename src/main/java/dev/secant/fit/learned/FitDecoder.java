package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitVariables;
import dev.secant.fit.tensors.TensorFitBatch;
import dev.secant.fit.tensors.TensorFitEnergy;
import dev.secant.fit.tensors.TensorFitVariables;
import dev.secant.optimizer.Points;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Takes whitened variables of a start to bodies, on the start's storage. For one thread. */
@SuppressWarnings("try") // Scopes work by being open, unnamed in the code below them.
final class FitDecoder {

    private final PointRig rig;
    private final NDManager manager;
    private TensorFitEnergy.@Nullable Model model;

    /**
     * A decoder.
     *
     * @param rig the points wanted
     * @param manager of the device; holds constants once a batch on tensors has been decoded
     */
    FitDecoder(PointRig rig, NDManager manager) {
        this.rig = rig;
        this.manager = manager;
    }

    /** What variables mean, {@code [B, n]}. */
    PosedPeople decode(FitStart start, Points u) {
        return start instanceof TensorFitStart tensors
                ? onTensors(tensors.energy().batch(), u)
                : onArrays((ArrayFitStart) start, u.floats());
    }

    private PosedPeople onArrays(ArrayFitStart start, float[] u) {
        int size = start.size();
        int n = start.batch().variables();
        FitVariables variables = new FitVariables(start.batch());
        PointKinematics kinematics = new PointKinematics(rig);
        PosedPeople people = new PosedPeople(
                size,
                new float[9 * start.batch().joints() * size],
                new float[start.batch().shapes() * size],
                new float[3 * size],
                new float[3 * rig.size() * size]);
        for (int person = 0; person < size; person++) {
            variables.decode(person, u, person * n);
            kinematics.forward(variables.rotations(), variables.betas());
            put(variables.rotations(), people.rotations(), person);
            put(variables.betas(), people.betas(), person);
            put(variables.translation(), people.translations(), person);
            put(kinematics.points(), people.points(), person);
            int from = 3 * rig.size() * person;
            for (int i = 0; i < 3 * rig.size(); i++) {
                people.points()[from + i] += variables.translation()[i % 3];
            }
        }
        return people;
    }

    private static void put(float[] row, float[] rows, int person) {
        System.arraycopy(row, 0, rows, person * row.length, row.length);
    }

    /** One read-back for all people. */
    private PosedPeople onTensors(TensorFitBatch batch, Points u) {
        if (model == null) {
            model = TensorFitEnergy.Model.of(rig, manager);
        }
        TensorFitEnergy.Model constants = model;
        int size = batch.size();
        int[] widths = {9 * batch.joints(), batch.shapes(), 3, 3 * rig.size()};
        float[] rows = Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray variables = Tensors.transposed(u.tensor(manager)); // [n, B]
                TensorFitVariables at = TensorFitVariables.decode(constants, batch, variables);
                NDArray packed = NDArrays.concat(
                        new NDList(
                                at.rotations().reshape(widths[0], size),
                                at.betas(),
                                at.translation(),
                                at.camera().reshape(widths[3], size)),
                        0);
                return Tensors.transposed(packed).toFloatArray();
            }
        });
        float[][] parts = new float[widths.length][];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = columns(rows, size, from, widths[i]);
            from += widths[i];
        }
        return new PosedPeople(size, parts[0], parts[1], parts[2], parts[3]);
    }

    private static float[] columns(float[] rows, int size, int from, int width) {
        int all = rows.length / size;
        float[] columns = new float[size * width];
        for (int row = 0; row < size; row++) {
            System.arraycopy(rows, row * all + from, columns, row * width, width);
        }
        return columns;
    }
}

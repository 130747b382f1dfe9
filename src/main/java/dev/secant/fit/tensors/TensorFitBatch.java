package dev.secant.fit.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitEnergy;
import dev.secant.fit.Observations;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.List;

/**
 * A {@link FitBatch} on a device, the people along the last axis; one array holds it all, so that a selection of people is one call.
 *
 * @param packed everything, one row a number of a person, {@code [M, B]}; the other components are views of it
 * @param rays {@code [K, 2, B]}
 * @param weights confidences, {@code [K, 1, B]}
 * @param precision one over the squared deviation of a keypoint, {@code [1, B]}
 * @param sideways metres that a unit of the sideways variables moves, {@code [1, B]}
 * @param rotations the start's, {@code [J, 3, 3, B]}
 * @param betas the start's, {@code [S, B]}
 * @param translations the start's, metres, {@code [3, B]}
 * @param scales expected deviation of each variable, {@code [n, B]}
 */
public record TensorFitBatch(
        NDArray packed,
        NDArray rays,
        NDArray weights,
        NDArray precision,
        NDArray sideways,
        NDArray rotations,
        NDArray betas,
        NDArray translations,
        NDArray scales)
        implements AutoCloseable {

    /** Views of a packed array. */
    public static TensorFitBatch of(NDArray packed, int slots, int joints, int shapes) {
        long batch = packed.getShape().get(1);
        int[] widths = {2 * slots, slots, 1, 1, 9 * joints, shapes, 3, FitBatch.variables(joints, shapes)};
        NDArray[] parts = new NDArray[widths.length];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = packed.get(new NDIndex("%d:%d".formatted(from, from + widths[i])));
            from += widths[i];
        }
        return new TensorFitBatch(
                packed,
                parts[0].reshape(slots, 2, batch),
                parts[1].reshape(slots, 1, batch),
                parts[2],
                parts[3],
                parts[4].reshape(joints, 3, 3, batch),
                parts[5],
                parts[6],
                parts[7]);
    }

    /** A batch brought to the device of a manager in one transfer, all slots. */
    public static TensorFitBatch of(FitBatch batch, NDManager manager) {
        int size = batch.size();
        Observations observations = batch.observations();
        int slots = observations.weights().length / size;
        float[] precision = new float[size];
        float[] sideways = new float[size];
        for (int b = 0; b < size; b++) {
            float box = observations.boxes()[3 * b + 2];
            precision[b] = 1 / (FitEnergy.NOISE * box * FitEnergy.NOISE * box);
            sideways[b] = batch.translations()[3 * b + 2] * box;
        }
        float[] packed = Packing.byPerson(
                size,
                observations.rays(),
                observations.weights(),
                precision,
                sideways,
                batch.rotations(),
                batch.betas(),
                batch.translations(),
                batch.scales());
        NDArray rows = Tensors.of(manager, packed, new Shape(size, packed.length / size));
        return of(Tensors.transposed(rows), slots, batch.joints(), batch.shapes());
    }

    /** B. */
    public int size() {
        return (int) packed.getShape().get(1);
    }

    /** K. */
    public int slots() {
        return (int) weights.getShape().get(0);
    }

    /** J. */
    public int joints() {
        return (int) rotations.getShape().get(0);
    }

    /** S. */
    public int shapes() {
        return (int) betas.getShape().get(0);
    }

    /** n. */
    public int variables() {
        return (int) scales.getShape().get(0);
    }

    /** Some of the people, in the order given. */
    TensorFitBatch select(NDArray rows) {
        return of(packed.get(new NDIndex(":, {}", rows)), slots(), joints(), shapes());
    }

    /**
     * Takes the arrays out of the memory scope that made them, which must be the innermost, and gives them to a manager.
     *
     * @return this
     */
    public TensorFitBatch ownedBy(NDManager manager) {
        for (NDArray array : arrays()) {
            MemoryScope.lasting(array).attach(manager);
        }
        return this;
    }

    private List<NDArray> arrays() {
        return List.of(rays, weights, precision, sideways, rotations, betas, translations, scales, packed);
    }

    /** Frees the arrays. */
    @Override
    public void close() {
        arrays().forEach(NDArray::close);
    }

    /**
     * A copy on the JVM.
     *
     * @param observations of these people, all slots, which the batch need not hold
     */
    @SuppressWarnings("try")
    public FitBatch toHost(Observations observations) {
        try (MemoryScope scope = MemoryScope.open()) {
            int from = 3 * slots() + 2;
            int[] widths = {9 * joints(), shapes(), 3, variables()};
            float[][] parts = new float[widths.length][];
            for (int i = 0; i < parts.length; i++) {
                NDArray part = packed.get(new NDIndex("%d:%d".formatted(from, from + widths[i])));
                parts[i] = Tensors.transposed(part).toFloatArray();
                from += widths[i];
            }
            return new FitBatch(observations, parts[0], parts[1], parts[2], parts[3]);
        }
    }
}

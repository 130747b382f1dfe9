package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.fit.FitEnergy;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.Observations;
import dev.secant.fit.tensors.Packing;
import dev.secant.fit.tensors.TensorFitBatch;
import dev.secant.tensor.ScalarMath;
import dev.secant.tensor.Tensors;

/**
 * What was seen of a batch, on a device.
 *
 * @param slots K, how many slots
 * @param rays {@code [B, 2 K]}
 * @param weights {@code [B, K]}
 * @param boxes {@code [B, 3]}
 * @param input the initialiser's, {@code [B, .]}
 */
record DeviceObservations(int slots, NDArray rays, NDArray weights, NDArray boxes, NDArray input) {

    /** Brings observations to a device in one transfer. */
    static DeviceObservations of(Observations observations, int[] slots, float[] input, NDManager manager) {
        int size = observations.size();
        int all = observations.weights().length / size;
        float[] rays = new float[2 * slots.length * size];
        float[] weights = new float[slots.length * size];
        for (int b = 0; b < size; b++) {
            for (int k = 0; k < slots.length; k++) {
                int from = b * all + slots[k];
                int to = b * slots.length + k;
                weights[to] = observations.weights()[from];
                rays[2 * to] = observations.rays()[2 * from];
                rays[2 * to + 1] = observations.rays()[2 * from + 1];
            }
        }
        float[] packed = Packing.byPerson(size, rays, weights, observations.boxes(), input);
        NDArray rows = Tensors.of(manager, packed, new Shape(size, packed.length / size));
        long k = slots.length;
        NDList parts = rows.split(new long[] {2 * k, 3 * k, 3 * k + 3}, 1);
        return new DeviceObservations(slots.length, parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }

    /** The people at a guess. */
    TensorFitBatch batch(InitializerNetwork.Guess guess, NDArray deviations) {
        int joints = (int) guess.rotations().getShape().get(0);
        int shapes = (int) guess.betas().getShape().get(1);
        long size = boxes.getShape().get(0);
        NDArray box = boxes.get(":, 2:3").transpose(); // [1, B]
        NDArray translations = guess.translation().transpose(); // [3, B]
        NDArray unit = ScalarMath.mul(box, FitEnergy.NOISE);
        NDArray packed = NDArrays.concat(
                new NDList(
                        rays.transpose(),
                        weights.transpose(),
                        unit.square().onesLike().div(unit.square()),
                        translations.get("2:3").mul(box),
                        guess.rotations().transpose(0, 2, 3, 1).reshape(9L * joints, size),
                        guess.betas().transpose(),
                        translations,
                        deviations.transpose()),
                0);
        return TensorFitBatch.of(packed, slots, joints, shapes);
    }
}

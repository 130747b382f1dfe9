package dev.secant.fit;

import static dev.secant.tensor.ScalarMath.maximum;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.TensorKinematics;
import dev.secant.body.kinematics.TensorRotations;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;

/**
 * The fit energy on tensors, with automatic gradients: any device, and training. Computes in float32.
 *
 * <p>Close it to free its constants.
 */
final class TensorFitEnergy implements Objective, AutoCloseable {

    private final NDManager manager;
    private final PointRig rig;
    private final FitBatch batch;
    private final TensorKinematics kinematics;
    private final int slots;
    private final NDArray rays;
    private final NDArray weights;
    private final NDArray precision;
    private final NDArray rotations;
    private final NDArray betas;
    private final NDArray translations;
    private final NDArray sideways;
    private final NDArray scales;

    /**
     * The energy of a batch.
     *
     * @param rig its first points are the keypoints' slots
     * @param parent a manager on the device to compute on
     */
    TensorFitEnergy(PointRig rig, FitBatch batch, NDManager parent) {
        this.manager = parent.newSubManager();
        this.rig = rig;
        this.batch = batch;
        this.kinematics = new TensorKinematics(rig, manager);
        int size = batch.size();
        Observations observations = batch.observations();
        slots = observations.weights().length / size;
        rays = Tensors.of(manager, observations.rays(), new Shape(size, slots, 2));
        weights = Tensors.of(manager, observations.weights(), new Shape(size, slots));
        float[] precisions = new float[size];
        float[] sidewaysMetres = new float[size];
        for (int b = 0; b < size; b++) {
            float unit = FitEnergy.NOISE * observations.boxes()[3 * b + 2];
            precisions[b] = 1 / (unit * unit);
            sidewaysMetres[b] = batch.translations()[3 * b + 2] * observations.boxes()[3 * b + 2];
        }
        precision = Tensors.of(manager, precisions, new Shape(size, 1));
        sideways = Tensors.of(manager, sidewaysMetres, new Shape(size, 1));
        rotations = Tensors.of(manager, batch.rotations(), new Shape(size, batch.joints(), 3, 3))
                .transpose(1, 0, 2, 3)
                .duplicate();
        betas = Tensors.of(manager, batch.betas(), new Shape(size, batch.shapes()));
        translations = Tensors.of(manager, batch.translations(), new Shape(size, 3));
        scales = Tensors.of(manager, batch.scales(), new Shape(size, batch.variables()));
    }

    @Override
    public int dimension() {
        return batch.variables();
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return Autograd.valueAndGradient(this::values, x);
    }

    @Override
    public Objective select(int[] rows) {
        return new TensorFitEnergy(rig, batch.select(rows), manager);
    }

    /** The energies, {@code [B]}, differentiable. */
    NDArray values(NDArray u) {
        Posed posed = pose(u);
        NDArray camera = posed.points()
                .get(":, 0:%d, :".formatted(slots))
                .add(posed.translation().expandDims(1));
        NDArray depth = maximum(camera.get("..., 2:3"), FitEnergy.NEAREST);
        NDArray residual = camera.get("..., 0:2").div(depth).sub(rays);
        NDArray q = residual.square().sum(new int[] {2}).mul(precision); // [B, K]
        NDArray robust =
                q.div(mul(q, 1 / (FitEnergy.OUTLIER * FitEnergy.OUTLIER)).add(1));
        NDArray data = robust.mul(weights).sum(new int[] {1});
        return mul(data.add(u.square().sum(new int[] {1})), 0.5);
    }

    /** The points of the rig in camera space, {@code [B, P, 3]}, without and the translation apart, differentiable. */
    Posed pose(NDArray u) {
        int joints = batch.joints();
        int size = batch.size();
        NDArray delta = u.mul(scales);
        NDArray turns = TensorRotations.exp(
                delta.get(":, 0:" + 3 * joints).reshape(size, joints, 3).transpose(1, 0, 2)); // [J, B, 3, 3]
        NDArray root = turns.get("0:1").matMul(rotations.get("0:1"));
        NDArray others = rotations.get("1:").matMul(turns.get("1:"));
        NDArray posed = NDArrays.concat(new NDList(root, others), 0);
        NDArray shape = betas.add(delta.get(":, %d:%d".formatted(3 * joints, 3 * joints + batch.shapes())));
        int camera = 3 * joints + batch.shapes();
        NDArray away = delta.get(":, %d:%d".formatted(camera + 2, camera + 3)).exp();
        NDArray moved = translations
                .get(":, 0:2")
                .add(delta.get(":, %d:%d".formatted(camera, camera + 2)).mul(sideways));
        NDArray translation = NDArrays.concat(new NDList(moved, translations.get(":, 2:3")), 1)
                .mul(away);
        return new Posed(kinematics.points(posed, shape), translation);
    }

    @Override
    public void close() {
        manager.close();
    }

    /**
     * @param points metres, {@code [B, P, 3]}
     * @param translation metres, {@code [B, 3]}
     */
    record Posed(NDArray points, NDArray translation) {}
}

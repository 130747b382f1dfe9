package dev.secant.fit.tensors;

import static dev.secant.tensor.ScalarMath.maximum;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.TensorExponential;
import dev.secant.body.kinematics.TensorKinematics;
import dev.secant.body.kinematics.TensorVectors;
import dev.secant.fit.FitEnergy;
import dev.secant.fit.FitJacobian;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.List;

/**
 * The fit energy on tensors: value, gradient and Jacobian of a whole batch in a number of engine calls that does not depend on it.
 * Computes in float32, on any device.
 *
 * <p>The gradient is the exact adjoint, as {@link TreeFitEnergy}'s is: no graph is recorded. For one thread at a time; its arrays live
 * as long as the manager it was made with.
 */
@SuppressWarnings("try") // Scopes work by being open, unnamed in the code below them.
public final class TensorFitEnergy implements Objective, AutoCloseable {

    private final Model model;
    private final TensorFitBatch batch;

    /** What all batches of a rig share, on one device. */
    public record Model(
            TensorKinematics kinematics, TensorExponential.Constants constants, NDArray sides, NDArray one) {

        /**
         * On the device of a manager.
         *
         * @param rig its points are the keypoints' slots
         */
        public static Model of(PointRig rig, NDManager manager) {
            float[] sides = new float[rig.skeleton().parents().length];
            Arrays.fill(sides, -1);
            sides[0] = 1;
            return new Model(
                    new TensorKinematics(rig, manager),
                    TensorExponential.Constants.of(manager),
                    MemoryScope.lasting(Tensors.of(manager, sides, new Shape(sides.length, 1, 1))),
                    MemoryScope.lasting(Tensors.of(manager, new float[] {1}, new Shape(1))));
        }
    }

    /** The energy of people; {@link #close} frees them. */
    public TensorFitEnergy(Model model, TensorFitBatch batch) {
        this.model = model;
        this.batch = batch;
    }

    /** The people. */
    public TensorFitBatch batch() {
        return batch;
    }

    @Override
    public int dimension() {
        return batch.variables();
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray u = Tensors.transposed(x); // [n, B]
                TensorFitVariables at = TensorFitVariables.decode(model, batch, u);
                Projection projection = Projection.of(at, batch, model.one);
                NDArray prior = mul(u.square().sum(new int[] {0}), 0.5);
                NDArray values = projection.value(batch).add(prior);
                NDArray gradient = at.gradient(projection.gradient(batch)).addi(u);
                NDArray rows = Tensors.transposed(gradient);
                // Products with the model's constants belong to its manager otherwise.
                values.attach(x.getManager());
                rows.attach(x.getManager());
                return new ValueAndGradient(scope.keep(values), scope.keep(rows));
            }
        });
    }

    /**
     * The Jacobian of the weighted residuals at the start, as {@link FitJacobian} defines it but by the variables before whitening: its
     * columns times the scales are {@link FitJacobian}'s.
     *
     * @param omega a further weight of each keypoint, whose root its two rows are multiplied by, {@code [B, K]}
     * @return {@code [B, 2 K, n]}: x of all keypoints, then y of all
     */
    public NDArray jacobian(NDArray omega) {
        return Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray start = batch.scales().zerosLike();
                TensorFitVariables at = TensorFitVariables.decode(model, batch, start);
                Projection projection = Projection.of(at, batch, model.one);
                NDArray weights = batch.weights().mul(omega.transpose().expandDims(1));
                NDArray rows = at.jacobian(projection.rows(weights, batch.precision())); // [2 K, n, B]
                long size = batch.size();
                NDArray byPerson = Tensors.transposed(rows.reshape(-1, size))
                        .reshape(size, rows.getShape().get(0), batch.variables());
                byPerson.attach(omega.getManager());
                return scope.keep(byPerson);
            }
        });
    }

    @Override
    public Objective select(int[] rows) {
        try (MemoryScope scope = MemoryScope.open()) {
            long[] indices = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                indices[i] = rows[i];
            }
            NDManager manager = batch.packed().getManager();
            TensorFitBatch selected = batch.select(Tensors.of(manager, indices));
            return new TensorFitEnergy(model, selected.ownedBy(manager));
        }
    }

    /** Frees the people's arrays. */
    @Override
    public void close() {
        batch.close();
    }

    /**
     * The rig's points seen by each person's camera.
     *
     * @param place in camera space, sideways and down, {@code [K, 2, B]}
     * @param inverse one over the depth, no nearer than {@link FitEnergy#NEAREST}, {@code [K, 1, B]}
     * @param isFar 1 where the depth is its own, {@code [K, 1, B]}
     * @param residual of the rays, {@code [K, 2, B]}
     * @param saturation {@code 1 / (1 + q / kappa^2)}, {@code [K, 1, B]}
     * @param q squared residual in deviations, {@code [K, 1, B]}
     */
    private record Projection(
            NDArray place, NDArray inverse, NDArray isFar, NDArray residual, NDArray saturation, NDArray q) {

        static Projection of(TensorFitVariables at, TensorFitBatch batch, NDArray one) {
            NDList parts = at.camera().split(new long[] {2}, 1);
            NDArray place = parts.get(0);
            NDArray depth = parts.get(1);
            NDArray inverse = one.div(maximum(depth, FitEnergy.NEAREST));
            NDArray residual = place.mul(inverse).sub(batch.rays());
            NDArray q = TensorVectors.dot(residual, residual).mul(batch.precision());
            NDArray saturation =
                    one.div(mul(q, 1 / (FitEnergy.OUTLIER * FitEnergy.OUTLIER)).add(1));
            NDArray isFar = depth.gte(FitEnergy.NEAREST).toType(DataType.FLOAT32, false);
            return new Projection(place, inverse, isFar, residual, saturation, q);
        }

        /** The data term, {@code [B]}. */
        NDArray value(TensorFitBatch batch) {
            return mul(q.mul(saturation).mul(batch.weights()).sum(new int[] {0, 1}), 0.5);
        }

        /** Its derivative by the points, {@code [K, 3, B]}. */
        NDArray gradient(TensorFitBatch batch) {
            NDArray slope = saturation.square().mul(batch.weights()).mul(batch.precision());
            NDArray across = residual.mul(slope).mul(inverse); // [K, 2, B]
            NDArray along =
                    TensorVectors.dot(across, place).mul(inverse).mul(isFar).neg();
            return NDArrays.concat(new NDList(across, along), 1);
        }

        /** The derivatives of the weighted residuals, x and y, by the points, {@code [K, 3, B]} each. */
        List<NDArray> rows(NDArray weights, NDArray precision) {
            NDArray weight = weights.mul(precision).sqrt().mul(saturation).mul(inverse);
            NDArray none = weight.zerosLike();
            NDArray along = place.mul(weight).mul(inverse).mul(isFar).neg(); // [K, 2, B]
            NDList depths = along.split(new long[] {1}, 1);
            return List.of(
                    NDArrays.concat(new NDList(weight, none, depths.get(0)), 1),
                    NDArrays.concat(new NDList(none, weight, depths.get(1)), 1));
        }
    }
}

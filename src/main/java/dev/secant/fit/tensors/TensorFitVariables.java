package dev.secant.fit.tensors;

import static dev.secant.body.kinematics.TensorVectors.rotateBack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.body.kinematics.TensorExponential;
import dev.secant.body.kinematics.TensorKinematics;
import dev.secant.body.kinematics.TensorVectors;
import dev.secant.fit.FitBatch;
import java.util.List;

/**
 * What whitened variables of a batch mean, on tensors (see {@link FitBatch}), and the way of derivatives back to them.
 *
 * @param batch the people
 * @param model constants
 * @param exponential the turns
 * @param rotations parent-relative, {@code [J, 3, 3, B]}
 * @param betas {@code [S, B]}
 * @param translation metres, {@code [3, B]}
 * @param sidewaysMetres that a unit of the scaled sideways variables moves the body, {@code [1, B]}
 * @param pose of the rig's points, without translation
 */
public record TensorFitVariables(
        TensorFitBatch batch,
        TensorFitEnergy.Model model,
        TensorExponential exponential,
        NDArray rotations,
        NDArray betas,
        NDArray translation,
        NDArray sidewaysMetres,
        TensorKinematics.Pose pose) {

    /** Decodes variables {@code [n, B]}. */
    public static TensorFitVariables decode(TensorFitEnergy.Model model, TensorFitBatch batch, NDArray u) {
        int joints = batch.joints();
        int shapes = batch.shapes();
        long size = batch.size();
        int camera = 3 * joints + shapes;
        NDList delta = u.mul(batch.scales()).split(new long[] {3L * joints, camera, camera + 2}, 0);
        TensorExponential exponential = TensorExponential.of(delta.get(0).reshape(joints, 3, size));
        NDArray turns = exponential.matrices(model.constants());
        // The root's turn is made after its rotation, about the camera's axes.
        NDList start = batch.rotations().split(new long[] {1}, 0);
        NDList turn = turns.split(new long[] {1}, 0);
        NDArray rotations = TensorVectors.product(
                NDArrays.concat(new NDList(turn.get(0), start.get(1)), 0),
                NDArrays.concat(new NDList(start.get(0), turn.get(1)), 0));
        NDArray betas = batch.betas().add(delta.get(1));
        NDArray away = delta.get(3).exp(); // [1, B]
        NDArray sideways = away.mul(batch.sideways());
        NDList at = batch.translations().mul(away).split(new long[] {2}, 0);
        NDArray translation = NDArrays.concat(new NDList(at.get(0).add(sideways.mul(delta.get(2))), at.get(1)), 0);
        TensorKinematics.Pose pose = model.kinematics().pose(rotations, betas);
        return new TensorFitVariables(batch, model, exponential, rotations, betas, translation, sideways, pose);
    }

    /** The rig's points in camera space, {@code [K, 3, B]}. */
    public NDArray camera() {
        return pose.points().add(translation);
    }

    /**
     * A gradient with respect to the whitened variables.
     *
     * @param points the gradient with respect to the points in camera space, {@code [K, 3, B]}
     * @return {@code [n, B]}
     */
    NDArray gradient(NDArray points) {
        TensorKinematics.Adjoint adjoint = model.kinematics().adjoint(pose, points);
        NDArray own = rotateBack(pose.world().get("0:" + batch.joints()), adjoint.turns());
        NDArray turns = NDArrays.concat(new NDList(adjoint.turns().get("0:1"), own.get("1:")), 0);
        NDArray byTurns =
                exponential.transposedJacobian(turns, model.sides()).reshape(3L * batch.joints(), batch.size());
        NDArray force = points.sum(new int[] {0}); // [3, B]
        NDArray across = force.get("0:2").mul(sidewaysMetres);
        NDArray away = force.mul(translation).sum(new int[] {0}, true);
        return NDArrays.concat(new NDList(byTurns, adjoint.betas(), across, away), 0)
                .muli(batch.scales());
    }

    /**
     * Derivatives of linear functions of single points, by the scaled variables, at variables of zero.
     *
     * @param rows R functions of each point, {@code [K, 3, B]} each
     * @return {@code [R K, n, B]}
     */
    NDArray jacobian(List<NDArray> rows) {
        TensorKinematics.Jacobian byPose = model.kinematics().jacobian(pose);
        NDList functions = new NDList();
        for (NDArray row : rows) {
            NDArray across = row.get(":, 0:2").mul(sidewaysMetres);
            NDArray away = TensorVectors.dot(row, translation.expandDims(0));
            functions.add(NDArrays.concat(new NDList(byPose.byTurns(row), byPose.byBetas(row), across, away), 1));
        }
        return NDArrays.concat(functions, 0);
    }
}

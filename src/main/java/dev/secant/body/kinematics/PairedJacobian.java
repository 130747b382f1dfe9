package dev.secant.body.kinematics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * The Jacobian of a rig's points by small turns and betas, on tensors.
 *
 * <p>A point moves with few joints: only pairs of a point and a joint that carries it are computed, and spread over the full matrix at
 * the end.
 */
final class PairedJacobian {

    private final int points;
    private final int joints;
    private final int shapes;
    private final NDIndex pairPoints;
    private final NDIndex pairJoints;
    private final NDIndex spread;
    private final NDArray leverage;
    private final NDArray shapeDirections;

    private record Pair(int point, int joint) {}

    PairedJacobian(SegmentRig rig, NDManager manager) {
        points = rig.points();
        joints = rig.joints();
        shapes = rig.shapes();
        int count = rig.segments();
        List<Pair> pairs = new ArrayList<>();
        long[] places = new long[points * joints];
        for (int k = 0; k < points; k++) {
            for (int j = 0; j < joints; j++) {
                places[k * joints + j] = -1;
                if (carries(rig, k, j)) {
                    places[k * joints + j] = pairs.size();
                    pairs.add(new Pair(k, j));
                }
            }
        }
        float[] lever = new float[pairs.size() * count];
        for (int e = 0; e < pairs.size(); e++) {
            for (int u = 0; u < count; u++) {
                Pair pair = pairs.get(e);
                lever[e * count + u] =
                        rig.composition()[pair.point * count + u] * rig.carried()[pair.joint * count + u];
            }
        }
        for (int i = 0; i < places.length; i++) {
            places[i] = places[i] < 0 ? pairs.size() : places[i];
        }
        spread = new NDIndex("{}", MemoryScope.lasting(Tensors.of(manager, places)));
        leverage = MemoryScope.lasting(Tensors.of(manager, lever, new Shape(pairs.size(), count)));
        pairPoints = new NDIndex(
                "{}",
                MemoryScope.lasting(Tensors.of(
                        manager, pairs.stream().mapToLong(Pair::point).toArray())));
        // The root turns about the camera's axes: in the frame that does not turn.
        pairJoints = new NDIndex(
                "{}",
                MemoryScope.lasting(Tensors.of(
                        manager,
                        pairs.stream()
                                .mapToLong(pair -> pair.joint == 0 ? joints : pair.joint)
                                .toArray())));
        shapeDirections = shapeDirections(rig, manager);
    }

    private static boolean carries(SegmentRig rig, int point, int joint) {
        int count = rig.segments();
        for (int u = 0; u < count; u++) {
            if (rig.composition()[point * count + u] * rig.carried()[joint * count + u] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The derivatives of the points by the betas, linear in the world rotations: {@code [P S, (J + 1) 3]}. */
    private static NDArray shapeDirections(SegmentRig rig, NDManager manager) {
        int count = rig.segments();
        int width = 3 * (rig.joints() + 1);
        float[] directions = new float[rig.points() * rig.shapes() * width];
        for (int k = 0; k < rig.points(); k++) {
            for (int u = 0; u < count; u++) {
                for (int i = 0; i < 3; i++) {
                    for (int s = 0; s < rig.shapes(); s++) {
                        directions[(k * rig.shapes() + s) * width + 3 * rig.frames()[u] + i] +=
                                rig.composition()[k * count + u] * rig.vectorShapes()[(3 * u + i) * rig.shapes() + s];
                    }
                }
            }
        }
        return MemoryScope.lasting(
                Tensors.of(manager, directions, new Shape((long) rig.points() * rig.shapes(), width)));
    }

    AtPose at(TensorKinematics.Pose pose) {
        return new AtPose(pose);
    }

    /** What the functions of one pose share. */
    final class AtPose implements TensorKinematics.Jacobian {

        private final long batch;
        private final NDArray levers;
        private final NDArray frames;
        private final NDArray shapeDerivatives;

        private AtPose(TensorKinematics.Pose pose) {
            batch = pose.points().getShape().get(2);
            NDArray segments = pose.segments();
            levers = leverage.matMul(segments.reshape(segments.getShape().get(0), 3 * batch))
                    .reshape(-1, 3, batch); // [E, 3, B]
            frames = pose.world().get(pairJoints); // [E, 3, 3, B]
            NDArray world = pose.world().transpose(0, 2, 1, 3).reshape(3L * (joints + 1), 3 * batch);
            shapeDerivatives = shapeDirections.matMul(world).reshape(points, shapes, 3, batch);
        }

        @Override
        public NDArray byTurns(NDArray row) {
            // row . (axis x lever) = axis . (lever x row)
            NDArray moments = TensorVectors.cross(levers, row.get(pairPoints));
            NDArray turned = TensorVectors.rotateBack(frames, moments); // [E, 3, B]
            NDArray none = row.get("0:1").zerosLike();
            return NDArrays.concat(new NDList(turned, none), 0).get(spread).reshape(points, 3L * joints, batch);
        }

        @Override
        public NDArray byBetas(NDArray row) {
            return shapeDerivatives.mul(row.expandDims(1)).sum(new int[] {2});
        }
    }
}

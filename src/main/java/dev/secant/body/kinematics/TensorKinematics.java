package dev.secant.body.kinematics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.Skeleton;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Forward kinematics of a body's points on tensors, differentiable, for batches of B.
 *
 * <p>Joints of one depth of the tree are turned together. Holds its constants on the device of the manager it was made
 * with; close that manager to free them.
 */
public final class TensorKinematics {

    private final int shapes;
    private final int jointCount;
    private final int pointCount;
    private final List<NDArray> levelJoints = new ArrayList<>();
    private final List<NDArray> levelParents = new ArrayList<>();
    private final NDArray order;
    private final NDArray boneShapes;
    private final NDArray bones;
    private final NDArray attachmentJoints;
    private final NDArray attachmentWeights;
    private final NDArray offsetShapes;
    private final NDArray offsets;
    private final NDArray gather;

    /** The points of a rig, on the device of a manager. */
    public TensorKinematics(PointRig rig, NDManager manager) {
        Skeleton skeleton = rig.skeleton();
        shapes = skeleton.shapeCount();
        jointCount = skeleton.parents().length;
        pointCount = rig.size();
        order = levels(skeleton, manager);
        int[] parents = skeleton.parents();
        float[] boneValues = new float[3 * jointCount];
        float[] boneShapeValues = new float[3 * jointCount * shapes];
        for (int j = 0; j < jointCount; j++) {
            for (int i = 0; i < 3; i++) {
                boneValues[3 * j + i] =
                        skeleton.joints()[3 * j + i] - (parents[j] < 0 ? 0 : skeleton.joints()[3 * parents[j] + i]);
                for (int s = 0; s < shapes; s++) {
                    boneShapeValues[s * 3 * jointCount + 3 * j + i] = skeleton.shapeDirections()[
                                    (3 * j + i) * shapes + s]
                            - (parents[j] < 0 ? 0 : skeleton.shapeDirections()[(3 * parents[j] + i) * shapes + s]);
                }
            }
        }
        bones = Tensors.of(manager, boneValues, new Shape(1, 3L * jointCount));
        boneShapes = Tensors.of(manager, boneShapeValues, new Shape(shapes, 3L * jointCount));
        int attachments = rig.attachmentJoints().length;
        attachmentJoints = Tensors.of(manager, longs(rig.attachmentJoints()));
        attachmentWeights = Tensors.of(manager, rig.weights(), new Shape(attachments, 1, 1));
        offsets = Tensors.of(manager, rig.offsets(), new Shape(1, 3L * attachments));
        offsetShapes = Tensors.of(manager, rig.offsetShapes(), new Shape(3L * attachments, shapes))
                .transpose()
                .duplicate();
        float[] gatherValues = new float[pointCount * attachments];
        for (int a = 0; a < attachments; a++) {
            gatherValues[rig.attachmentPoints()[a] * attachments + a] = 1;
        }
        gather = Tensors.of(manager, gatherValues, new Shape(pointCount, attachments));
    }

    private NDArray levels(Skeleton skeleton, NDManager manager) {
        int[] parents = skeleton.parents();
        int[] depth = new int[jointCount];
        int deepest = 0;
        for (int j = 0; j < jointCount; j++) {
            depth[j] = parents[j] < 0 ? 0 : depth[parents[j]] + 1;
            deepest = Math.max(deepest, depth[j]);
        }
        int[] place = new int[jointCount];
        int[] placeInLevel = new int[jointCount];
        int next = 0;
        for (int level = 0; level <= deepest; level++) {
            List<Integer> members = new ArrayList<>();
            for (int j = 0; j < jointCount; j++) {
                if (depth[j] == level) {
                    placeInLevel[j] = members.size();
                    place[j] = next++;
                    members.add(j);
                }
            }
            levelJoints.add(
                    Tensors.of(manager, members.stream().mapToLong(j -> j).toArray()));
            levelParents.add(Tensors.of(
                    manager,
                    members.stream()
                            .mapToLong(j -> parents[j] < 0 ? 0 : placeInLevel[parents[j]])
                            .toArray()));
        }
        return Tensors.of(manager, longs(place));
    }

    private static long[] longs(int[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = values[i];
        }
        return longs;
    }

    /**
     * Poses the points.
     *
     * @param rotations parent-relative, joint first, {@code [J, B, 3, 3]}
     * @param betas {@code [B, S]}
     * @return points in metres without translation, {@code [B, P, 3]}
     */
    public NDArray points(NDArray rotations, NDArray betas) {
        long batch = betas.getShape().get(0);
        NDArray bone = betas.matMul(boneShapes)
                .add(bones)
                .reshape(batch, jointCount, 3)
                .transpose(1, 0, 2)
                .expandDims(3); // [J, B, 3, 1]
        NDArray world = rotations.get(levelJoints.get(0)); // [1, B, 3, 3]
        NDArray place = bone.get(levelJoints.get(0)); // [1, B, 3, 1]
        NDList worlds = new NDList(world);
        NDList places = new NDList(place);
        for (int level = 1; level < levelJoints.size(); level++) {
            NDArray parentWorld = world.get(levelParents.get(level)); // [m, B, 3, 3]
            NDArray parentPlace = place.get(levelParents.get(level));
            place = parentPlace.add(parentWorld.matMul(bone.get(levelJoints.get(level))));
            world = parentWorld.matMul(rotations.get(levelJoints.get(level)));
            worlds.add(world);
            places.add(place);
        }
        NDArray allWorlds = NDArrays.concat(worlds, 0).get(order); // [J, B, 3, 3]
        NDArray allPlaces = NDArrays.concat(places, 0).get(order).squeeze(3); // [J, B, 3]
        return attached(allWorlds, allPlaces, betas);
    }

    private NDArray attached(NDArray worlds, NDArray places, NDArray betas) {
        long batch = betas.getShape().get(0);
        long attachments = attachmentJoints.getShape().get(0);
        NDArray offset = betas.matMul(offsetShapes)
                .add(offsets)
                .reshape(batch, attachments, 3)
                .transpose(1, 0, 2)
                .expandDims(3); // [A, B, 3, 1]
        NDArray shares = worlds.get(attachmentJoints)
                .matMul(offset)
                .squeeze(3)
                .add(places.get(attachmentJoints).mul(attachmentWeights)); // [A, B, 3]
        return gather.matMul(shares.reshape(attachments, batch * 3))
                .reshape(pointCount, batch, 3)
                .transpose(1, 0, 2);
    }
}

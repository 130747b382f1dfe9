package dev.secant.body.kinematics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;

/**
 * Forward kinematics of a rig's points on tensors for batches of B, its adjoint and its Jacobian: what {@link PointKinematics} is on
 * plain arrays. How many calls of the engine it makes does not depend on B.
 *
 * <p>People run along the last axis (see {@link TensorVectors}). {@link #pose} is differentiable; the adjoint is the same derivative
 * without a recorded graph. Holds its constants on the device of the manager it was made with; close that manager to free them. May
 * be shared by threads.
 */
public final class TensorKinematics {

    private final int joints;
    private final int shapes;
    private final int points;
    private final JointLevels levels;
    private final NDIndex frames;
    private final NDArray vectors;
    private final NDArray vectorShapes;
    private final NDArray shapeVectors;
    private final NDArray composition;
    private final NDArray transposedComposition;
    private final NDArray carried;
    private final PairedJacobian pairs;

    /**
     * A pose.
     *
     * @param world rotations of the joints, and last the identity, {@code [J + 1, 3, 3, B]}
     * @param frames the world rotation of each segment, {@code [U, 3, 3, B]}
     * @param segments turned, metres, {@code [U, 3, B]}
     * @param points metres, {@code [P, 3, B]}
     */
    public record Pose(NDArray world, NDArray frames, NDArray segments, NDArray points) {}

    /**
     * A derivative.
     *
     * @param turns by small turns of each joint and all it carries, about the axes of the camera or world, {@code [J, 3, B]}
     * @param betas {@code [S, B]}
     */
    public record Adjoint(NDArray turns, NDArray betas) {}

    /** The points of a rig, on the device of a manager. */
    public TensorKinematics(PointRig rig, NDManager manager) {
        SegmentRig segments = SegmentRig.of(rig);
        int count = segments.segments();
        joints = segments.joints();
        shapes = segments.shapes();
        points = segments.points();
        levels = new JointLevels(rig.skeleton().parents(), manager);
        frames = new NDIndex("{}", MemoryScope.lasting(Tensors.of(manager, longs(segments.frames()))));
        vectors = MemoryScope.lasting(Tensors.of(manager, segments.vectors(), new Shape(3L * count, 1)));
        vectorShapes = MemoryScope.lasting(Tensors.of(manager, segments.vectorShapes(), new Shape(3L * count, shapes)));
        shapeVectors = MemoryScope.lasting(Tensors.transposed(vectorShapes));
        composition = MemoryScope.lasting(Tensors.of(manager, segments.composition(), new Shape(points, count)));
        transposedComposition = MemoryScope.lasting(Tensors.transposed(composition));
        carried = MemoryScope.lasting(Tensors.of(manager, segments.carried(), new Shape(joints, count)));
        pairs = new PairedJacobian(segments, manager);
    }

    static long[] longs(int[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = values[i];
        }
        return longs;
    }

    /**
     * Poses the points.
     *
     * @param rotations parent-relative, {@code [J, 3, 3, B]}
     * @param betas {@code [S, B]}
     */
    public Pose pose(NDArray rotations, NDArray betas) {
        long batch = betas.getShape().get(1);
        NDArray world = levels.chain(rotations);
        NDArray turned = world.get(frames); // [U, 3, 3, B]
        NDArray rest = vectorShapes.matMul(betas).add(vectors).reshape(-1, 3, batch); // [U, 3, B]
        NDArray segments = TensorVectors.rotate(turned, rest);
        NDArray posed = composition.matMul(flat(segments)).reshape(points, 3, batch);
        return new Pose(world, turned, segments, posed);
    }

    /** Points {@code [P, 3, B]} to one row a person, {@code [B, P, 3]}. */
    public static NDArray byPerson(NDArray points) {
        return points.transpose(2, 0, 1);
    }

    private static NDArray flat(NDArray vectors) {
        Shape shape = vectors.getShape();
        return vectors.reshape(shape.get(0), shape.get(1) * shape.get(2));
    }

    /**
     * The adjoint at a pose.
     *
     * @param gradient of a function with respect to the points, {@code [P, 3, B]}
     */
    public Adjoint adjoint(Pose pose, NDArray gradient) {
        long batch = gradient.getShape().get(2);
        NDArray forces = transposedComposition.matMul(flat(gradient)).reshape(-1, 3, batch); // [U, 3, B]
        NDArray moments = TensorVectors.cross(pose.segments, forces);
        NDArray turns = carried.matMul(flat(moments)).reshape(joints, 3, batch);
        NDArray local = TensorVectors.rotateBack(pose.frames, forces);
        return new Adjoint(turns, shapeVectors.matMul(local.reshape(-1, batch)));
    }

    /** The derivatives of linear functions of single points at a pose. */
    public interface Jacobian {

        /**
         * By small turns of each joint: the root's about the axes of the camera, the others' about their own.
         *
         * @param row the functions, {@code [P, 3, B]}: that of point k is {@code row[k] . point_k}
         * @return {@code [P, 3 J, B]}
         */
        NDArray byTurns(NDArray row);

        /**
         * By the betas.
         *
         * @param row the functions, {@code [P, 3, B]}
         * @return {@code [P, S, B]}
         */
        NDArray byBetas(NDArray row);
    }

    /** The Jacobian at a pose. */
    public Jacobian jacobian(Pose pose) {
        return pairs.at(pose);
    }
}

package dev.secant.body.kinematics;

import java.util.ArrayList;
import java.util.List;

/**
 * A rig as segments: vectors that each turn with one joint, bones as well as offsets of surface points. Points are linear in them.
 *
 * <p>{@code point_k = sum_u C[k, u] R_f(u) (v_u + V_u beta)} with {@code R_f} the world rotation of the segment's frame f. A small turn of
 * joint j turns exactly the segments whose frame is j or below it. So place, adjoint and Jacobian are products with constant
 * matrices, and only the rotations themselves are chained along the tree. The root's place turns with nothing: its frame is number J,
 * which never turns.
 *
 * @param joints J
 * @param shapes S
 * @param frames of each segment, {@code [U]}
 * @param vectors metres, {@code [U, 3]}
 * @param vectorShapes how the betas change them, {@code [U, 3, S]}
 * @param composition C, {@code [P, U]}
 * @param carried {@code [J, U]}: 1 where a turn of the joint turns the segment
 */
record SegmentRig(
        int joints,
        int shapes,
        int[] frames,
        float[] vectors,
        float[] vectorShapes,
        float[] composition,
        float[] carried) {

    /** The segments of a rig; those that no point needs are left out. */
    static SegmentRig of(PointRig rig) {
        Builder builder = new Builder(rig);
        builder.addBones();
        builder.addOffsets();
        return builder.build();
    }

    /** U. */
    int segments() {
        return frames.length;
    }

    /** P. */
    int points() {
        return composition.length / frames.length;
    }

    private static final class Builder {

        private final PointRig rig;
        private final int[] parents;
        private final int joints;
        private final int shapes;
        private final List<Segment> segments = new ArrayList<>();

        private record Segment(int frame, float[] vector, float[] shape, float[] weights) {}

        Builder(PointRig rig) {
            this.rig = rig;
            this.parents = rig.skeleton().parents();
            this.joints = parents.length;
            this.shapes = rig.skeleton().shapeCount();
        }

        /** A bone leads from the parent to the joint and turns with the parent. */
        void addBones() {
            float[] places = rig.skeleton().joints();
            float[] directions = rig.skeleton().shapeDirections();
            for (int j = 0; j < joints; j++) {
                float[] vector = new float[3];
                float[] shape = new float[3 * shapes];
                for (int i = 0; i < 3; i++) {
                    vector[i] = places[3 * j + i] - (parents[j] < 0 ? 0 : places[3 * parents[j] + i]);
                }
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = directions[3 * j * shapes + i]
                            - (parents[j] < 0 ? 0 : directions[3 * parents[j] * shapes + i]);
                }
                float[] weights = new float[rig.size()];
                for (int a = 0; a < rig.weights().length; a++) {
                    if (isBelow(rig.attachmentJoints()[a], j)) {
                        weights[rig.attachmentPoints()[a]] += rig.weights()[a];
                    }
                }
                add(new Segment(parents[j] < 0 ? joints : parents[j], vector, shape, weights));
            }
        }

        void addOffsets() {
            for (int a = 0; a < rig.weights().length; a++) {
                float[] vector = new float[3];
                float[] shape = new float[3 * shapes];
                System.arraycopy(rig.offsets(), 3 * a, vector, 0, 3);
                System.arraycopy(rig.offsetShapes(), 3 * shapes * a, shape, 0, 3 * shapes);
                float[] weights = new float[rig.size()];
                weights[rig.attachmentPoints()[a]] = 1;
                add(new Segment(rig.attachmentJoints()[a], vector, shape, weights));
            }
        }

        private void add(Segment segment) {
            if (!isZero(segment.weights) && !(isZero(segment.vector) && isZero(segment.shape))) {
                segments.add(segment);
            }
        }

        private static boolean isZero(float[] values) {
            for (float value : values) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean isBelow(int joint, int ancestor) {
            for (int j = joint; j >= 0; j = parents[j]) {
                if (j == ancestor) {
                    return true;
                }
            }
            return false;
        }

        SegmentRig build() {
            int count = segments.size();
            int[] frames = new int[count];
            float[] vectors = new float[3 * count];
            float[] vectorShapes = new float[3 * count * shapes];
            float[] composition = new float[rig.size() * count];
            float[] carried = new float[joints * count];
            for (int u = 0; u < count; u++) {
                Segment segment = segments.get(u);
                frames[u] = segment.frame;
                System.arraycopy(segment.vector, 0, vectors, 3 * u, 3);
                System.arraycopy(segment.shape, 0, vectorShapes, 3 * shapes * u, 3 * shapes);
                for (int k = 0; k < rig.size(); k++) {
                    composition[k * count + u] = segment.weights[k];
                }
                for (int j = 0; j < joints; j++) {
                    carried[j * count + u] = segment.frame < joints && isBelow(segment.frame, j) ? 1 : 0;
                }
            }
            return new SegmentRig(joints, shapes, frames, vectors, vectorShapes, composition, carried);
        }
    }
}

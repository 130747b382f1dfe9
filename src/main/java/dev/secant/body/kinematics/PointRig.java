package dev.secant.body.kinematics;

import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import dev.secant.body.Skeleton;
import dev.secant.body.Skin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A few points of a body, compiled so that posing them needs no mesh.
 *
 * <p>Each point is a sum of attachments; an attachment follows one joint j: its share is {@code R_j (offset + offsetShape
 * beta) + weight c_j}, with {@code R_j} the joint's world rotation and {@code c_j} its posed place. That is linear blend
 * skinning of the point (Loper et al. 2015, equation 2 ff.) with the sum over vertices and joints exchanged. Pose blend
 * shapes are left out: they move landmarks by a few millimetres only.
 *
 * <p>P points, A attachments sorted by point, S betas.
 */
public final class PointRig {

    private final Skeleton skeleton;
    private final List<String> names;
    private final int[] attachmentPoints;
    private final int[] attachmentJoints;
    private final float[] weights;
    private final float[] offsets;
    private final float[] offsetShapes;

    private PointRig(Skeleton skeleton, List<String> names, List<Attachment> attachments) {
        int shapes = skeleton.shapeCount();
        this.skeleton = skeleton;
        this.names = List.copyOf(names);
        int count = attachments.size();
        attachmentPoints = new int[count];
        attachmentJoints = new int[count];
        weights = new float[count];
        offsets = new float[3 * count];
        offsetShapes = new float[3 * count * shapes];
        for (int a = 0; a < count; a++) {
            Attachment attachment = attachments.get(a);
            attachmentPoints[a] = attachment.point;
            attachmentJoints[a] = attachment.joint;
            weights[a] = (float) attachment.weight;
            for (int i = 0; i < 3; i++) {
                offsets[3 * a + i] = (float) attachment.offset[i];
            }
            for (int i = 0; i < 3 * shapes; i++) {
                offsetShapes[3 * shapes * a + i] = (float) attachment.offsetShape[i];
            }
        }
    }

    /**
     * Compiles points for a body.
     *
     * @throws IllegalArgumentException if a point names a landmark that the body lacks
     */
    public static PointRig compile(BodyModel body, List<PointDefinition> points) {
        List<String> names = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        for (PointDefinition point : points) {
            attachments.addAll(attachments(body, point, names.size()));
            names.add(point.name());
        }
        return new PointRig(body.skeleton(), names, attachments);
    }

    private static List<Attachment> attachments(BodyModel body, PointDefinition point, int index) {
        int shapes = body.shapeCount();
        Map<Integer, Attachment> byJoint = new LinkedHashMap<>();
        point.joints().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        byJoint.computeIfAbsent(entry.getKey().index(), joint -> new Attachment(index, joint, shapes))
                                        .weight +=
                                entry.getValue());
        point.landmarks().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Landmark landmark = body.landmarks().get(entry.getKey());
            if (landmark == null) {
                throw new IllegalArgumentException("The body (%s) has no landmark (%s), which the point (%s) needs."
                        .formatted(body.name(), entry.getKey(), point.name()));
            }
            addLandmark(body, landmark, entry.getValue(), index, byJoint);
        });
        return List.copyOf(byJoint.values());
    }

    private static void addLandmark(
            BodyModel body, Landmark landmark, double share, int index, Map<Integer, Attachment> byJoint) {
        int shapes = body.shapeCount();
        Skin skin = body.skin();
        for (int i = 0; i < landmark.vertices().length; i++) {
            int vertex = landmark.vertices()[i];
            for (int k = 0; k < skin.influences(); k++) {
                double weight = share * landmark.weights()[i] * skin.weights()[vertex * skin.influences() + k];
                if (weight != 0) {
                    int joint = skin.joints()[vertex * skin.influences() + k];
                    byJoint.computeIfAbsent(joint, j -> new Attachment(index, j, shapes))
                            .addVertex(body, vertex, weight);
                }
            }
        }
    }

    /** The joint tree. */
    public Skeleton skeleton() {
        return skeleton;
    }

    /** P. */
    public int size() {
        return names.size();
    }

    /** The point of each attachment, ascending, {@code [A]}. */
    int[] attachmentPoints() {
        return attachmentPoints;
    }

    /** The joint of each attachment, {@code [A]}. */
    int[] attachmentJoints() {
        return attachmentJoints;
    }

    /** The share of the joint's place, {@code [A]}. */
    float[] weights() {
        return weights;
    }

    /** Offsets in the joint's rest frame for the mean shape, metres, already weighted, {@code [A, 3]}. */
    float[] offsets() {
        return offsets;
    }

    /** How the shape moves the offsets, {@code [A, 3, S]}. */
    float[] offsetShapes() {
        return offsetShapes;
    }

    private static final class Attachment {
        final int point;
        final int joint;
        final double[] offset = new double[3];
        final double[] offsetShape;
        double weight;

        Attachment(int point, int joint, int shapes) {
            this.point = point;
            this.joint = joint;
            this.offsetShape = new double[3 * shapes];
        }

        void addVertex(BodyModel body, int vertex, double share) {
            Skeleton skeleton = body.skeleton();
            int shapes = skeleton.shapeCount();
            weight += share;
            for (int i = 0; i < 3; i++) {
                offset[i] += share * (body.template()[3 * vertex + i] - skeleton.joints()[3 * joint + i]);
                for (int s = 0; s < shapes; s++) {
                    double vertexShape = body.shapeDirections()[(3 * vertex + i) * shapes + s];
                    double jointShape = skeleton.shapeDirections()[(3 * joint + i) * shapes + s];
                    offsetShape[i * shapes + s] += share * (vertexShape - jointShape);
                }
            }
        }
    }
}

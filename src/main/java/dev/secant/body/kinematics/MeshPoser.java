package dev.secant.body.kinematics;

import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import dev.secant.body.Skin;
import java.util.Arrays;
import java.util.List;

/**
 * Linear blend skinning of a body's surface, or of a few points of it only (SMPL, equations 1 to 9): shape directions, pose
 * directions where the body has them, then each point moved by the weighted transforms of its joints. Batched, plain arrays,
 * no state between calls: safe for many threads.
 */
public final class MeshPoser {

    private final BodyModel model;
    private final Kinematics kinematics;
    private final int[] everyVertex;

    public MeshPoser(BodyModel model) {
        this.model = model;
        this.kinematics = new Kinematics(model.skeleton());
        this.everyVertex = new int[model.vertexCount()];
        Arrays.setAll(everyVertex, v -> v);
    }

    /** The joints' part. */
    public Kinematics kinematics() {
        return kinematics;
    }

    /**
     * The joints of the rest pose.
     *
     * @param betas {@code [B, S]}
     * @return metres, {@code [B, J, 3]}
     */
    public float[] restJoints(float[] betas) {
        return kinematics.restJoints(betas);
    }

    /**
     * The whole surface.
     *
     * @param betas {@code [B, S]}
     * @param pose parent-relative axis-angles, {@code [B, 3 J]}
     * @param translation metres, {@code [B, 3]}
     * @return {@code [B, V, 3]}
     */
    public float[] vertices(float[] betas, float[] pose, float[] translation) {
        return skin(everyVertex, betas, kinematics.pose(betas, pose, translation));
    }

    /**
     * Landmarks only: the cost of a few vertices each.
     *
     * @param landmarks L of them
     * @param posed of {@link Kinematics#pose}
     * @return {@code [B, L, 3]}
     */
    public float[] landmarks(List<Landmark> landmarks, float[] betas, Kinematics.Posed posed) {
        int[] corners = landmarks.stream()
                .flatMapToInt(l -> Arrays.stream(l.vertices()))
                .toArray();
        float[] skinned = skin(corners, betas, posed);
        int batch = skinned.length / Math.max(1, 3 * corners.length);
        float[] result = new float[batch * landmarks.size() * 3];
        int corner = 0;
        for (int b = 0; b < batch; b++) {
            for (int l = 0; l < landmarks.size(); l++) {
                for (float weight : landmarks.get(l).weights()) {
                    for (int c = 0; c < 3; c++) {
                        result[3 * (b * landmarks.size() + l) + c] += weight * skinned[3 * corner + c];
                    }
                    corner++;
                }
            }
        }
        return result;
    }

    /**
     * Chosen vertices.
     *
     * @param indices N vertex numbers
     * @return {@code [B, N, 3]}
     */
    public float[] skin(int[] indices, float[] betas, Kinematics.Posed posed) {
        int shapes = model.shapeCount();
        int batch = Kinematics.rows(betas, shapes, "betas");
        int joints = model.jointCount();
        float[] result = new float[batch * indices.length * 3];
        for (int b = 0; b < batch; b++) {
            float[] shape = Arrays.copyOfRange(betas, b * shapes, (b + 1) * shapes);
            float[] transforms = transforms(posed, b, joints);
            float[] feature = poseFeature(posed, b, joints);
            float[] point = new float[3];
            for (int n = 0; n < indices.length; n++) {
                shaped(indices[n], shape, feature, point);
                blend(indices[n], transforms, point, result, 3 * (b * indices.length + n));
            }
        }
        return result;
    }

    private void shaped(int vertex, float[] shape, float[] feature, float[] point) {
        int features = feature.length;
        for (int c = 0; c < 3; c++) {
            int row = 3 * vertex + c;
            float value = model.template()[row];
            for (int s = 0; s < shape.length; s++) {
                value += model.shapeDirections()[row * shape.length + s] * shape[s];
            }
            for (int f = 0; f < features; f++) {
                value += model.poseDirections()[row * features + f] * feature[f];
            }
            point[c] = value;
        }
    }

    private void blend(int vertex, float[] transforms, float[] point, float[] result, int to) {
        Skin skin = model.skin();
        for (int i = vertex * skin.influences(); i < (vertex + 1) * skin.influences(); i++) {
            float weight = skin.weights()[i];
            if (weight == 0) {
                continue;
            }
            int at = 12 * skin.joints()[i];
            for (int r = 0; r < 3; r++) {
                result[to + r] += weight
                        * (transforms[at + 4 * r] * point[0]
                                + transforms[at + 4 * r + 1] * point[1]
                                + transforms[at + 4 * r + 2] * point[2]
                                + transforms[at + 4 * r + 3]);
            }
        }
    }

    /** From the rest pose to the world, {@code [J, 3, 4]}: R and what maps the rest joint to the posed one. */
    private static float[] transforms(Kinematics.Posed posed, int b, int joints) {
        float[] transforms = new float[12 * joints];
        for (int j = 0; j < joints; j++) {
            int joint = b * joints + j;
            for (int r = 0; r < 3; r++) {
                float offset = posed.joints()[3 * joint + r];
                for (int c = 0; c < 3; c++) {
                    float value = posed.rotations()[9 * joint + 3 * r + c];
                    transforms[12 * j + 4 * r + c] = value;
                    offset -= value * posed.rest()[3 * joint + c];
                }
                transforms[12 * j + 4 * r + 3] = offset;
            }
        }
        return transforms;
    }

    /** SMPL's pose feature, the parent-relative R - I of every joint but the root, {@code [9 (J - 1)]}; empty if not needed. */
    private float[] poseFeature(Kinematics.Posed posed, int b, int joints) {
        if (!model.hasPoseDirections()) {
            return new float[0];
        }
        float[] feature = new float[9 * (joints - 1)];
        for (int j = 1; j < joints; j++) {
            int own = 9 * (b * joints + j);
            int parent = 9 * (b * joints + model.skeleton().parents()[j]);
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    float value = r == c ? -1 : 0;
                    for (int k = 0; k < 3; k++) {
                        value += posed.rotations()[parent + 3 * k + r] * posed.rotations()[own + 3 * k + c];
                    }
                    feature[9 * (j - 1) + 3 * r + c] = value;
                }
            }
        }
        return feature;
    }
}

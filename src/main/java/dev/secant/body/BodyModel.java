package dev.secant.body;

import java.util.Map;

/**
 * A body in SMPL's structure (Loper et al., "SMPL: A Skinned Multi-Person Linear Model", 2015): a template mesh, linear
 * shape directions, optional pose directions, a joint tree and skin weights.
 *
 * <p>V vertices, F triangles, S shape coefficients (betas), J joints, K influences a vertex. Row-major arrays, shared and
 * never written to after construction.
 *
 * @param name for people, for example {@code secant-default}
 * @param digest SHA-256 of the content, hexadecimal; two models of one digest are the same body
 * @param template rest vertices of the mean shape in metres, {@code [V, 3]}
 * @param shapeDirections metres a unit of beta, {@code [V, 3, S]}
 * @param poseDirections metres a unit of the pose feature {@code R_j - I}, {@code [V, 3, 9 (J - 1)]}; empty if none
 * @param faces counter-clockwise seen from outside, {@code [F, 3]}
 * @param skeleton joints and how the shape moves them
 * @param skin which joints move a vertex, and how much
 * @param landmarks named points of the surface: each a weighted few vertices
 */
public record BodyModel(
        String name,
        String digest,
        float[] template,
        float[] shapeDirections,
        float[] poseDirections,
        int[] faces,
        Skeleton skeleton,
        Skin skin,
        Map<String, Landmark> landmarks) {

    public BodyModel {
        landmarks = Map.copyOf(landmarks);
    }

    /** V. */
    public int vertexCount() {
        return template.length / 3;
    }

    /** S. */
    public int shapeCount() {
        return skeleton.shapeCount();
    }

    /** J. */
    public int jointCount() {
        return skeleton.parents().length;
    }

    /** Whether the pose bends the rest shape (SMPL's pose blend shapes). */
    public boolean hasPoseDirections() {
        return poseDirections.length > 0;
    }

    /** The same body by another name. */
    public BodyModel withName(String other) {
        return new BodyModel(
                other, digest, template, shapeDirections, poseDirections, faces, skeleton, skin, landmarks);
    }
}

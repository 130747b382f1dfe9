package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import dev.secant.body.ModelDigest;
import dev.secant.body.Skeleton;
import java.util.Arrays;
import java.util.Map;

/**
 * The arrays of an SMPL-family file, whatever container they came in, and the one place where they become a
 * {@link BodyModel}: the first ten shape directions, joints folded through the regressor, skin weights thinned to the
 * influences that are there, the root's parent set to -1. Of SMPL-H and SMPL-X the body's 24 joints are used, with hands and face at
 * rest ({@link SmplFamily}).
 *
 * @param name of the model
 * @param source what messages call the file
 * @param template {@code [V, 3]}
 * @param shapeDirections {@code [V, 3, directions]}
 * @param poseDirections {@code [V, 3, 9 (J - 1)]}; empty if none
 * @param regressor joints from vertices
 * @param weights skin weights, {@code [V, J]}
 * @param parents {@code [J]}
 * @param faces {@code [F, 3]}
 */
record SmplArrays(
        String name,
        String source,
        double[] template,
        double[] shapeDirections,
        float[] poseDirections,
        JointRegressor regressor,
        double[] weights,
        int[] parents,
        int[] faces) {

    private static final int SHAPES = 10;

    /** @throws BodyFormatException naming the file, the array and what was expected of it */
    static SmplArrays from(ArraySource file, String name) {
        double[] template = file.get("v_template", -1, 3).doubles();
        int vertices = template.length / 3;
        NpyArray tree = file.get("kintree_table", 2, -1);
        int joints = tree.shape()[1];
        float[] poseDirections = file.has("posedirs")
                ? file.get("posedirs", vertices, 3, 9 * (joints - 1)).floats()
                : new float[0];
        return new SmplArrays(
                name,
                file.source(),
                template,
                file.get("shapedirs", vertices, 3, -1).doubles(),
                poseDirections,
                file.regressor("J_regressor", joints, vertices),
                file.get("weights", vertices, joints).doubles(),
                Arrays.copyOf(tree.ints(), joints),
                file.get("f", -1, 3).ints());
    }

    /** Which member of the family the file is of. */
    SmplFamily family() {
        return SmplFamily.of(parents.length);
    }

    /** How many shape directions the file has. */
    int storedShapes() {
        return shapeDirections.length / template.length;
    }

    /** @throws BodyFormatException if the numbers make no body */
    BodyModel toModel() {
        return family().bodyOnly(this).assembled();
    }

    private BodyModel assembled() {
        int vertexCount = template.length / 3;
        int stored = storedShapes();
        int shapes = Math.min(SHAPES, stored);
        double[] directions = new double[template.length * shapes];
        for (int row = 0; row < template.length; row++) {
            System.arraycopy(shapeDirections, row * stored, directions, row * shapes, shapes);
        }
        int[] tree = parents.clone();
        tree[0] = -1;
        Skeleton skeleton = new Skeleton(
                tree, floats(regressor.apply(template, 3)), floats(regressor.apply(directions, 3 * shapes)));
        BodyModel unmarked = new BodyModel(
                name,
                "",
                floats(template),
                floats(directions),
                isZero(poseDirections) ? new float[0] : poseDirections,
                faces,
                skeleton,
                SkinThinning.of(weights, vertexCount, tree.length),
                Map.of());
        return ModelDigest.sign(LandmarkFinder.mark(ModelCheck.checked(unmarked, source)));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static boolean isZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}

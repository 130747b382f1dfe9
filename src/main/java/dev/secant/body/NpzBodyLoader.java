package dev.secant.body;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Bodies from {@code .npz} files: our own layout, or SMPL's ({@code v_template, shapedirs, posedirs, J_regressor} dense,
 * {@code weights, kintree_table, f}). Other arrays, such as pickled objects, are never read.
 */
public final class NpzBodyLoader {

    private static final Set<String> WANTED = Set.of(
            "v_template",
            "shapedirs",
            "posedirs",
            "J_regressor",
            "weights",
            "kintree_table",
            "f",
            "name",
            "parents",
            "J",
            "J_shapedirs",
            "skin_joints",
            "skin_weights",
            "landmark_names",
            "landmark_vertices",
            "landmark_weights");

    private NpzBodyLoader() {}

    /** @throws BodyFormatException naming the file, the array and what was expected of it */
    public static BodyModel load(Path file) {
        NpzReader npz = NpzReader.read(file, WANTED::contains);
        return BodyModelReader.recognises(npz) ? BodyModelReader.read(npz) : smpl(npz, name(file));
    }

    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static BodyModel smpl(NpzReader npz, String name) {
        double[] template = npz.get("v_template", -1, 3).doubles();
        int vertices = template.length / 3;
        NpyArray tree = npz.get("kintree_table", 2, -1);
        int joints = tree.shape()[1];
        int[] parents = Arrays.copyOf(tree.ints(), joints);
        float[] poseDirections = npz.has("posedirs")
                ? npz.get("posedirs", vertices, 3, 9 * (joints - 1)).floats()
                : new float[0];
        SmplArrays arrays = new SmplArrays(
                name,
                template,
                npz.get("shapedirs", vertices, 3, -1).doubles(),
                poseDirections,
                JointRegressor.of(npz.get("J_regressor", joints, vertices).doubles(), joints),
                npz.get("weights", vertices, joints).doubles(),
                parents,
                npz.get("f", -1, 3).ints());
        return ModelCheck.checked(arrays.toModel(), npz.source());
    }
}

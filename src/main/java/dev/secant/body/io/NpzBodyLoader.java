package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import java.nio.file.Path;
import java.util.Set;

/**
 * Bodies from {@code .npz} files: our own layout, or that of SMPL, SMPL-H and SMPL-X ({@code v_template, shapedirs, posedirs, J_regressor} dense,
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
        NpzReader npz = open(file);
        return BodyModelReader.recognises(npz)
                ? BodyModelReader.read(npz)
                : SmplArrays.from(npz, name(file)).toModel();
    }

    /** The arrays that a body needs. */
    static NpzReader open(Path file) {
        return NpzReader.read(file, WANTED::contains);
    }

    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}

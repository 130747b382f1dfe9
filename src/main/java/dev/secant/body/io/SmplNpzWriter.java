package dev.secant.body.io;

import dev.secant.body.BodyModel;
import dev.secant.body.Skin;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes any body in SMPL's {@code .npz} layout, for tools that know SMPL and not Secant: {@code v_template, shapedirs,
 * posedirs} (zero if the body has none), {@code J_regressor} (fitted: see {@link RegressorFit}), {@code weights}, both dense,
 * {@code kintree_table, f}.
 */
public final class SmplNpzWriter {

    private SmplNpzWriter() {}

    /** Closes the stream. */
    public static void write(BodyModel model, OutputStream out) throws IOException {
        int vertices = model.vertexCount();
        int joints = model.jointCount();
        int features = 9 * (joints - 1);
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("v_template", model.template(), vertices, 3);
            npz.put("shapedirs", model.shapeDirections(), vertices, 3, model.shapeCount());
            float[] poseDirections =
                    model.hasPoseDirections() ? model.poseDirections() : new float[vertices * 3 * features];
            npz.put("posedirs", poseDirections, vertices, 3, features);
            npz.put("J_regressor", RegressorFit.of(model), joints, vertices);
            npz.put("weights", dense(model), vertices, joints);
            int[] tree = new int[2 * joints];
            for (int j = 0; j < joints; j++) {
                tree[j] = model.skeleton().parents()[j];
                tree[joints + j] = j;
            }
            npz.put("kintree_table", tree, 2, joints);
            npz.put("f", model.faces(), model.faces().length / 3, 3);
        }
    }

    private static float[] dense(BodyModel model) {
        Skin skin = model.skin();
        float[] dense = new float[model.vertexCount() * model.jointCount()];
        for (int i = 0; i < skin.weights().length; i++) {
            dense[i / skin.influences() * model.jointCount() + skin.joints()[i]] += skin.weights()[i];
        }
        return dense;
    }
}

package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;

/** What a body from a file must hold before anything is computed with it. */
final class ModelCheck {

    private ModelCheck() {}

    /** @throws BodyFormatException naming the source and the first thing that is wrong */
    static BodyModel checked(BodyModel model, String source) {
        int[] parents = model.skeleton().parents();
        for (int j = 0; j < parents.length; j++) {
            if (j == 0 ? parents[0] != -1 : parents[j] < 0 || parents[j] >= j) {
                throw new BodyFormatException(
                        "The joint tree of %s gives joint %d the parent %d; expected one before it."
                                .formatted(source, j, parents[j]));
            }
        }
        for (int vertex : model.faces()) {
            within(vertex, model.vertexCount(), "The faces 'f'", "vertex", source);
        }
        for (int joint : model.skin().joints()) {
            within(joint, parents.length, "The skin weights", "joint", source);
        }
        for (Landmark landmark : model.landmarks().values()) {
            for (int vertex : landmark.vertices()) {
                within(vertex, model.vertexCount(), "The landmarks", "vertex", source);
            }
        }
        finite(model.template(), "v_template", source);
        finite(model.shapeDirections(), "shapedirs", source);
        finite(model.poseDirections(), "posedirs", source);
        finite(model.skeleton().joints(), "J_regressor", source);
        finite(model.skin().weights(), "weights", source);
        return model;
    }

    private static void within(int index, int count, String what, String of, String source) {
        if (index < 0 || index >= count) {
            throw new BodyFormatException(
                    "%s of %s name the %s %d; expected 0 to %d.".formatted(what, source, of, index, count - 1));
        }
    }

    private static void finite(float[] values, String key, String source) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new BodyFormatException("The array '%s' of %s holds %s at %d; expected finite numbers."
                        .formatted(key, source, values[i], i));
            }
        }
    }
}

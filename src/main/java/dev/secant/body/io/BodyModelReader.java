package dev.secant.body.io;

import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import dev.secant.body.ModelDigest;
import dev.secant.body.Skeleton;
import dev.secant.body.Skin;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link BodyModelWriter} wrote. */
final class BodyModelReader {

    private BodyModelReader() {}

    static boolean recognises(NpzReader npz) {
        return npz.has("skin_joints") && npz.has("J_shapedirs");
    }

    static BodyModel read(NpzReader npz) {
        float[] template = npz.get("v_template", -1, 3).floats();
        int vertices = template.length / 3;
        NpyArray parents = npz.get("parents", -1);
        int joints = parents.size();
        NpyArray jointDirections = npz.get("J_shapedirs", joints, 3, -1);
        int shapes = jointDirections.shape()[2];
        NpyArray skinJoints = npz.get("skin_joints", vertices, -1);
        int influences = skinJoints.shape()[1];
        float[] poseDirections = npz.has("posedirs")
                ? npz.get("posedirs", vertices, 3, 9 * (joints - 1)).floats()
                : new float[0];
        BodyModel unsigned = new BodyModel(
                npz.get("name", 1).strings().get(0),
                "",
                template,
                npz.get("shapedirs", vertices, 3, shapes).floats(),
                poseDirections,
                npz.get("f", -1, 3).ints(),
                new Skeleton(parents.ints(), npz.get("J", joints, 3).floats(), jointDirections.floats()),
                new Skin(
                        influences,
                        skinJoints.ints(),
                        npz.get("skin_weights", vertices, influences).floats()),
                landmarks(npz));
        return ModelDigest.sign(ModelCheck.checked(unsigned, npz.source()));
    }

    private static Map<String, Landmark> landmarks(NpzReader npz) {
        List<String> names = npz.get("landmark_names", -1).strings();
        NpyArray vertexArray = npz.get("landmark_vertices", names.size(), -1);
        int width = vertexArray.shape()[1];
        int[] vertices = vertexArray.ints();
        float[] weights = npz.get("landmark_weights", names.size(), width).floats();
        Map<String, Landmark> landmarks = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            landmarks.put(
                    names.get(i),
                    new Landmark(
                            Arrays.copyOfRange(vertices, i * width, (i + 1) * width),
                            Arrays.copyOfRange(weights, i * width, (i + 1) * width)));
        }
        return landmarks;
    }
}

package dev.secant.body.io;

import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a body as {@code .npz} in our own compact layout, exact to the bit: {@code v_template (V,3)},
 * {@code shapedirs (V,3,S)}, {@code posedirs (V,3,P)} if any, {@code f (F,3)}, {@code parents (J)}, {@code J (J,3)},
 * {@code J_shapedirs (J,3,S)}, {@code skin_joints (V,K)}, {@code skin_weights (V,K)}, {@code landmark_names (L)},
 * {@code landmark_vertices (L,N)}, {@code landmark_weights (L,N)}, {@code name (1)}.
 */
public final class BodyModelWriter {

    private BodyModelWriter() {}

    /** Replaces the file if it exists. */
    public static void write(BodyModel model, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(model, out);
        }
    }

    /** Closes the stream. */
    public static void write(BodyModel model, OutputStream out) throws IOException {
        int v = model.vertexCount();
        int s = model.shapeCount();
        int j = model.jointCount();
        int k = model.skin().influences();
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("name", List.of(model.name()));
            npz.put("v_template", model.template(), v, 3);
            npz.put("shapedirs", model.shapeDirections(), v, 3, s);
            if (model.hasPoseDirections()) {
                npz.put("posedirs", model.poseDirections(), v, 3, model.poseDirections().length / (3 * v));
            }
            npz.put("f", model.faces(), model.faces().length / 3, 3);
            npz.put("parents", model.skeleton().parents(), j);
            npz.put("J", model.skeleton().joints(), j, 3);
            npz.put("J_shapedirs", model.skeleton().shapeDirections(), j, 3, s);
            npz.put("skin_joints", model.skin().joints(), v, k);
            npz.put("skin_weights", model.skin().weights(), v, k);
            writeLandmarks(model, npz);
        }
    }

    private static void writeLandmarks(BodyModel model, NpzWriter npz) throws IOException {
        TreeMap<String, Landmark> sorted = new TreeMap<>(model.landmarks());
        int widest = sorted.values().stream()
                .mapToInt(l -> l.vertices().length)
                .max()
                .orElse(0);
        int[] vertices = new int[sorted.size() * widest];
        float[] weights = new float[sorted.size() * widest];
        int row = 0;
        for (Landmark landmark : sorted.values()) {
            System.arraycopy(landmark.vertices(), 0, vertices, row * widest, landmark.vertices().length);
            System.arraycopy(landmark.weights(), 0, weights, row * widest, landmark.weights().length);
            row++;
        }
        npz.put("landmark_names", new ArrayList<>(sorted.keySet()));
        npz.put("landmark_vertices", vertices, sorted.size(), widest);
        npz.put("landmark_weights", weights, sorted.size(), widest);
    }
}

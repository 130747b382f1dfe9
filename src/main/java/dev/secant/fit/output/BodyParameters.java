package dev.secant.fit.output;

import dev.secant.body.io.NpzWriter;
import dev.secant.fit.Camera;
import dev.secant.fit.FittedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Fitted bodies as arrays that NumPy reads, named as in AMASS, one row a body: {@code poses (N, 72), betas (N, 10), trans (N, 3),
 * gender}; and {@code K (N, 3, 3)}, the camera; {@code distortion (N, 5)}, its k1, k2, p1, p2, k3; {@code item (N)}, the index in the request; {@code reprojection_error (N)}. In camera
 * space: metres, x right, y down, z forward.
 */
public final class BodyParameters {

    private BodyParameters() {}

    /**
     * Writes the bodies; closes the stream.
     *
     * @param items the index of each body, {@code [N]}
     * @param bodies at least one, {@code [N]}
     */
    public static void write(List<Integer> items, List<FittedBody> bodies, OutputStream out) throws IOException {
        int count = bodies.size();
        int pose = bodies.get(0).pose().length;
        int shapes = bodies.get(0).betas().length;
        float[] poses = new float[count * pose];
        float[] betas = new float[count * shapes];
        float[] translations = new float[count * 3];
        double[] cameras = new double[count * 9];
        double[] distortions = new double[count * 5];
        double[] errors = new double[count];
        for (int i = 0; i < count; i++) {
            FittedBody body = bodies.get(i);
            System.arraycopy(body.pose(), 0, poses, i * pose, pose);
            System.arraycopy(body.betas(), 0, betas, i * shapes, shapes);
            System.arraycopy(body.translation(), 0, translations, i * 3, 3);
            System.arraycopy(matrix(body.camera()), 0, cameras, i * 9, 9);
            System.arraycopy(body.camera().distortion().coefficients(), 0, distortions, i * 5, 5);
            errors[i] = body.reprojectionError();
        }
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("poses", poses, count, pose);
            npz.put("betas", betas, count, shapes);
            npz.put("trans", translations, count, 3);
            npz.put("gender", List.of("neutral"));
            npz.put("K", cameras, count, 3, 3);
            npz.put("distortion", distortions, count, 5);
            npz.put("item", items.stream().mapToInt(Integer::intValue).toArray(), count);
            npz.put("reprojection_error", errors, count);
        }
    }

    private static double[] matrix(Camera camera) {
        return new double[] {camera.focalX(), 0, camera.centerX(), 0, camera.focalY(), camera.centerY(), 0, 0, 1};
    }
}

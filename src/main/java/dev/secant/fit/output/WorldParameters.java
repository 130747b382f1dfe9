package dev.secant.fit.output;

import dev.secant.body.io.NpzWriter;
import dev.secant.fit.views.MultiViewBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Bodies fitted to several views as arrays that NumPy reads, named as in AMASS, one row a body: {@code poses (N, 72), betas (N, 10),
 * trans (N, 3), gender}; and {@code joints (N, 24, 3)}; {@code item (N)}, the index in the request; {@code reprojection_error (N)}, the
 * mean over the views. In the world of the cameras, metres.
 */
public final class WorldParameters {

    private WorldParameters() {}

    /**
     * Writes the bodies; closes the stream.
     *
     * @param items the index of each body, {@code [N]}
     * @param bodies at least one, {@code [N]}
     */
    public static void write(List<Integer> items, List<MultiViewBody> bodies, OutputStream out) throws IOException {
        int count = bodies.size();
        int pose = bodies.get(0).pose().length;
        int shapes = bodies.get(0).betas().length;
        int joints = bodies.get(0).joints3d().length;
        float[] poses = new float[count * pose];
        float[] betas = new float[count * shapes];
        float[] translations = new float[count * 3];
        float[] places = new float[count * joints];
        double[] errors = new double[count];
        for (int i = 0; i < count; i++) {
            MultiViewBody body = bodies.get(i);
            System.arraycopy(body.pose(), 0, poses, i * pose, pose);
            System.arraycopy(body.betas(), 0, betas, i * shapes, shapes);
            System.arraycopy(body.translation(), 0, translations, i * 3, 3);
            System.arraycopy(body.joints3d(), 0, places, i * joints, joints);
            errors[i] = body.reprojectionError();
        }
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("poses", poses, count, pose);
            npz.put("betas", betas, count, shapes);
            npz.put("trans", translations, count, 3);
            npz.put("gender", List.of("neutral"));
            npz.put("joints", places, count, joints / 3, 3);
            npz.put("item", items.stream().mapToInt(Integer::intValue).toArray(), count);
            npz.put("reprojection_error", errors, count);
        }
    }
}

package dev.secant.body.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes motion as AMASS does, for tests of what reads it. */
public final class AmassFile {

    private static final int POSE = 72;
    private static final int WIDTH = 156;
    private static final int BODY = 66;
    private static final double[] Z_UP_FROM_Y_UP = {1, 0, 0, 0, 0, -1, 0, 1, 0};

    private AmassFile() {}

    /** Writes the layout of SMPL-H, {@code (T, 156)}, z up, fingers zero. */
    public static void write(MotionClip clip, Path file) throws IOException {
        int frames = clip.frameCount();
        float[] poses = clip.poses().clone();
        float[] translations = clip.translations().clone();
        MotionClip.turn(poses, translations, Z_UP_FROM_Y_UP);
        float[] wide = new float[frames * WIDTH];
        for (int t = 0; t < frames; t++) {
            System.arraycopy(poses, t * POSE, wide, t * WIDTH, BODY);
        }
        try (OutputStream out = Files.newOutputStream(file);
                NpzWriter npz = new NpzWriter(out)) {
            npz.put("poses", wide, frames, WIDTH);
            npz.put("trans", translations, frames, 3);
            npz.put("betas", new float[16], 16);
            npz.put("gender", List.of("neutral"));
            npz.put("mocap_framerate", new double[] {clip.framesPerSecond()});
        }
    }
}

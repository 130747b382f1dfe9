package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.kinematics.Rotations;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * A stretch of motion as SMPL pose parameters, in our world: y up.
 *
 * <p>Files are in AMASS's layout and world, z up; the turn from one to the other happens here and nowhere else:
 * {@code R_yup = Rx(-90 deg) R_zup}, and the same for the translation. The pelvis in the world is the rest pelvis plus the
 * translation; the turn takes the rest pelvis for the origin, as it is in the default body (a body with the pelvis elsewhere
 * is shifted by a constant).
 *
 * @param name the file's
 * @param poses parent-relative axis-angles of SMPL's 24 joints, {@code [T, 72]}
 * @param translations metres, {@code [T, 3]}
 * @param framesPerSecond frame rate
 */
public record MotionClip(String name, float[] poses, float[] translations, double framesPerSecond) {

    private static final int POSE = 72;

    /** Root and 21 body joints: what SMPL, SMPL-H and SMPL-X files begin with. */
    private static final int BODY = 66;

    private static final double[] Y_UP_FROM_Z_UP = {1, 0, 0, 0, 0, 1, 0, -1, 0};
    private static final Set<String> WANTED = Set.of("poses", "trans", "mocap_framerate", "mocap_frame_rate");

    public MotionClip {
        if (poses.length % POSE != 0 || translations.length != poses.length / POSE * 3) {
            throw new IllegalArgumentException(
                    "The motion '%s' has %d pose and %d translation values; expected 72 and 3 a frame."
                            .formatted(name, poses.length, translations.length));
        }
        if (!(framesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "The frame rate (%s) of the motion '%s' must be positive.".formatted(framesPerSecond, name));
        }
    }

    /** T. */
    public int frameCount() {
        return poses.length / POSE;
    }

    /** The pose of one frame, {@code [72]}. */
    public float[] pose(int frame) {
        return Arrays.copyOfRange(poses, frame * POSE, (frame + 1) * POSE);
    }

    /** The translation of one frame, {@code [3]}. */
    public float[] translation(int frame) {
        return Arrays.copyOfRange(translations, frame * 3, (frame + 1) * 3);
    }

    /**
     * Reads AMASS's {@code .npz}: {@code poses} of SMPL (T, 72), SMPL-H (T, 156) or SMPL-X (T, 165), {@code trans},
     * {@code mocap_framerate} or {@code mocap_frame_rate}. Fingers, jaw and eyes are left out; the hand joints of a wider
     * layout are zero.
     *
     * @throws BodyFormatException naming the file, the array and what was expected of it
     */
    public static MotionClip read(Path file) {
        NpzReader npz = NpzReader.read(file, WANTED::contains);
        NpyArray stored = npz.get("poses", -1, -1);
        int frames = stored.shape()[0];
        int width = stored.shape()[1];
        if (width < BODY) {
            throw new BodyFormatException(
                    "The array 'poses' of %s has %d columns; expected 72 (SMPL), 156 (SMPL-H) or 165 (SMPL-X)."
                            .formatted(file, width));
        }
        float[] all = stored.floats();
        float[] poses = new float[frames * POSE];
        for (int t = 0; t < frames; t++) {
            System.arraycopy(all, t * width, poses, t * POSE, width == POSE ? POSE : BODY);
        }
        String rate = npz.has("mocap_frame_rate") ? "mocap_frame_rate" : "mocap_framerate";
        float[] translations = npz.get("trans", frames, 3).floats();
        turn(poses, translations, Y_UP_FROM_Z_UP);
        return new MotionClip(
                NpzBodyLoader.name(file), poses, translations, npz.get(rate).doubles()[0]);
    }

    static void turn(float[] poses, float[] translations, double[] by) {
        for (int t = 0; t < translations.length / 3; t++) {
            double[] root = Rotations.axisAngle(Rotations.multiply(by, Rotations.matrix(poses, t * POSE)));
            double[] moved = new double[3];
            for (int c = 0; c < 3; c++) {
                poses[t * POSE + c] = (float) root[c];
                for (int d = 0; d < 3; d++) {
                    moved[c] += by[3 * c + d] * translations[3 * t + d];
                }
            }
            for (int c = 0; c < 3; c++) {
                translations[3 * t + c] = (float) moved[c];
            }
        }
    }
}

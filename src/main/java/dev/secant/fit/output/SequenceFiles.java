package dev.secant.fit.output;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BvhWriter;
import dev.secant.body.io.MotionClip;
import dev.secant.body.io.NpzWriter;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.kinematics.Rotations;
import dev.secant.body.mesh.RiggedGlbWriter;
import dev.secant.fit.sequence.FittedSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Fitted sequences as files of motion. The world has the camera level: its up is against the camera's y.
 *
 * <p>Safe for many threads.
 */
public final class SequenceFiles {

    /** Numbers of a pose of SMPL-H: 52 joints. */
    private static final int SMPL_H = 156;

    /** Root and 21 body joints, where SMPL and SMPL-H agree. */
    private static final int BODY = 66;

    private static final int AMASS_BETAS = 16;
    private static final double[] Z_UP_FROM_Y_UP = {1, 0, 0, 0, 0, -1, 0, 1, 0};

    private final BodyModel body;
    private final MeshPoser poser;

    /** Of bodies of a model. */
    public SequenceFiles(BodyModel body) {
        this.body = body;
        this.poser = new MeshPoser(body);
    }

    /** The motion with y up. */
    MotionClip clip(String name, FittedSequence sequence) {
        List<FittedSequence.Frame> frames = sequence.frames();
        int width = frames.get(0).pose().length;
        float[] poses = new float[frames.size() * width];
        float[] translations = new float[3 * frames.size()];
        for (int t = 0; t < frames.size(); t++) {
            System.arraycopy(frames.get(t).pose(), 0, poses, t * width, width);
            System.arraycopy(frames.get(t).translation(), 0, translations, 3 * t, 3);
        }
        return CameraMotion.of(
                name, poses, translations, poser.restJoints(sequence.betas()), sequence.framesPerSecond());
    }

    /** Streams an animated glTF 2.0 binary with skeleton and skin, y up; leaves the stream open. */
    public void writeGlb(String name, FittedSequence sequence, OutputStream out) throws IOException {
        RiggedGlbWriter.write(body, sequence.betas(), clip(name, sequence), out);
    }

    /** Streams the motion as {@code .bvh}, y up; leaves the stream open. */
    public void writeBvh(String name, FittedSequence sequence, OutputStream out) throws IOException {
        BvhWriter.write(body.skeleton(), sequence.betas(), clip(name, sequence), out);
    }

    /**
     * Streams arrays in AMASS's layout, z up: {@code poses (T, 156)} of SMPL-H, fingers zero; {@code trans (T, 3)}; {@code betas (16)},
     * the last six zero; {@code gender}; {@code mocap_framerate}. And {@code observed (T)}: 1 where the person was seen, 0 where the pose
     * is an interpolation. Closes the stream.
     */
    public void writeAmass(String name, FittedSequence sequence, OutputStream out) throws IOException {
        MotionClip clip = clip(name, sequence);
        int frames = clip.frameCount();
        int width = clip.poses().length / frames;
        float[] pelvis = poser.restJoints(sequence.betas());
        float[] poses = new float[frames * SMPL_H];
        float[] translations = new float[3 * frames];
        for (int t = 0; t < frames; t++) {
            System.arraycopy(clip.poses(), t * width, poses, t * SMPL_H, BODY);
            double[] root =
                    Rotations.axisAngle(Rotations.multiply(Z_UP_FROM_Y_UP, Rotations.matrix(clip.poses(), t * width)));
            for (int row = 0; row < 3; row++) {
                poses[t * SMPL_H + row] = (float) root[row];
                double place = 0;
                for (int i = 0; i < 3; i++) {
                    place += Z_UP_FROM_Y_UP[3 * row + i] * (pelvis[i] + clip.translations()[3 * t + i]);
                }
                translations[3 * t + row] = (float) (place - pelvis[row]);
            }
        }
        float[] betas = new float[AMASS_BETAS];
        System.arraycopy(sequence.betas(), 0, betas, 0, Math.min(AMASS_BETAS, sequence.betas().length));
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("poses", poses, frames, SMPL_H);
            npz.put("trans", translations, frames, 3);
            npz.put("betas", betas, betas.length);
            npz.put("gender", List.of("neutral"));
            npz.put("mocap_framerate", new double[] {sequence.framesPerSecond()}, 1);
            npz.put(
                    "observed",
                    sequence.frames().stream()
                            .mapToInt(frame -> frame.observed() ? 1 : 0)
                            .toArray(),
                    frames);
        }
    }
}

package dev.secant.body.io;

import dev.secant.body.Skeleton;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.EulerAngles;
import dev.secant.body.kinematics.Kinematics;
import dev.secant.body.kinematics.Rotations;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a motion as Biovision Hierarchy ({@code .bvh}), which animation tools read: the skeleton of one shape, and the frames.
 *
 * <p>Lengths are in centimetres, as MotionBuilder and most motion libraries have them (in Blender import with scale 0.01); y is up. The
 * root's offset is zero and its position channels are where the pelvis is. Rotations are in degrees in the order Z, X, Y ({@code R = Rz Rx
 * Ry}); angles are continued from frame to frame without jumps of a whole turn. A bone that ends in no joint continues the one before it
 * by half its length.
 */
public final class BvhWriter {

    private static final double CENTIMETRES = 100;
    private static final double END_SITE_SHARE = 0.5;
    private static final int DECIMALS = 6;
    private static final long SCALE = 1_000_000;

    private final Skeleton skeleton;
    private final float[] rest;
    private final MotionClip clip;

    /** The joints as the hierarchy lists them: the channels of a frame are in this order. */
    private final List<Integer> listed = new ArrayList<>();

    private BvhWriter(Skeleton skeleton, float[] rest, MotionClip clip) {
        this.skeleton = skeleton;
        this.rest = rest;
        this.clip = clip;
    }

    /**
     * Streams the motion; leaves the stream open.
     *
     * @param skeleton SMPL's 24 joints
     * @param betas the shape of all frames, {@code [S]}
     * @param clip at least one frame, y up; a single one is a pose
     * @throws IllegalArgumentException if the skeleton has not SMPL's 24 joints, or the clip no frame
     */
    public static void write(Skeleton skeleton, float[] betas, MotionClip clip, OutputStream out) throws IOException {
        if (skeleton.parents().length != SmplJoint.count()) {
            throw new IllegalArgumentException(
                    "The skeleton has %d joints; expected SMPL's 24.".formatted(skeleton.parents().length));
        }
        if (clip.frameCount() == 0) {
            throw new IllegalArgumentException("The motion '%s' has no frame.".formatted(clip.name()));
        }
        BvhWriter writer = new BvhWriter(skeleton, new Kinematics(skeleton).restJoints(betas), clip);
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
        text.write("HIERARCHY\n");
        writer.writeJoint(0, 0, text);
        writer.writeMotion(text);
        text.flush();
    }

    private void writeJoint(int joint, int depth, Writer text) throws IOException {
        listed.add(joint);
        String indent = "  ".repeat(depth);
        String name = SmplJoint.at(joint).name().toLowerCase(Locale.ROOT);
        StringBuilder line = new StringBuilder(indent)
                .append(joint == 0 ? "ROOT " : "JOINT ")
                .append(name)
                .append('\n')
                .append(indent)
                .append("{\n");
        writeOffset(line.append(indent), joint, joint == 0 ? 0 : CENTIMETRES);
        line.append(indent)
                .append(joint == 0 ? "  CHANNELS 6 Xposition Yposition Zposition " : "  CHANNELS 3 ")
                .append("Zrotation Xrotation Yrotation\n");
        text.append(line);
        boolean leaf = true;
        for (int child = joint + 1; child < skeleton.parents().length; child++) {
            if (skeleton.parents()[child] == joint) {
                writeJoint(child, depth + 1, text);
                leaf = false;
            }
        }
        if (leaf) {
            StringBuilder end = new StringBuilder(indent)
                    .append("  End Site\n")
                    .append(indent)
                    .append("  {\n");
            writeOffset(end.append(indent).append("  "), joint, END_SITE_SHARE * CENTIMETRES);
            text.append(end.append(indent).append("  }\n"));
        }
        text.append(indent).append("}\n");
    }

    /** The bone from a joint's parent to it. */
    private void writeOffset(StringBuilder line, int joint, double scale) {
        line.append("  OFFSET");
        for (int c = 0; c < 3; c++) {
            int parent = skeleton.parents()[joint];
            double from = parent < 0 ? 0 : rest[3 * parent + c];
            append(line.append(' '), scale * (rest[3 * joint + c] - from));
        }
        line.append('\n');
    }

    private void writeMotion(Writer text) throws IOException {
        int joints = skeleton.parents().length;
        StringBuilder line =
                new StringBuilder("MOTION\nFrames: ").append(clip.frameCount()).append("\nFrame Time: ");
        text.append(append(line, 1 / clip.framesPerSecond()).append('\n'));
        double[] angles = new double[3 * joints];
        for (int t = 0; t < clip.frameCount(); t++) {
            line.setLength(0);
            for (int c = 0; c < 3; c++) {
                append(line, CENTIMETRES * (rest[c] + (double) clip.translations()[3 * t + c]))
                        .append(' ');
            }
            for (int j : listed) {
                double[] rotation = Rotations.matrix(clip.poses(), 3 * (t * joints + j));
                EulerAngles.zxy(rotation, angles, 3 * j);
                for (int c = 0; c < 3; c++) {
                    append(line, Math.toDegrees(angles[3 * j + c])).append(' ');
                }
            }
            line.setCharAt(line.length() - 1, '\n');
            text.append(line);
        }
    }

    /** Fixed point, whatever the locale, and much faster than a formatter. */
    private static StringBuilder append(StringBuilder line, double value) {
        long scaled = Math.round(value * SCALE);
        if (scaled < 0) {
            line.append('-');
            scaled = -scaled;
        }
        String fraction = Long.toString(scaled % SCALE);
        return line.append(scaled / SCALE)
                .append('.')
                .append("0".repeat(DECIMALS - fraction.length()))
                .append(fraction);
    }
}

package dev.secant.fit.sequence;

import dev.secant.body.SmplJoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How smoothly people move: the deviations of second differences, as data ({@code motion-prior.json}).
 *
 * <p>A second difference is {@code x[t-1] - 2 x[t] + x[t+1]}. Acceleration is taken for white noise, so a second difference at f frames
 * a second has {@code (30 / f)^3} times the variance that it has at 30.
 *
 * @param joints of the rotation of each joint about one axis at 30 frames a second, radians, {@code [24]}
 * @param translation of the translation along one axis at 30 frames a second, metres
 * @param keypoint of a keypoint in the image along one axis at 30 frames a second, in sizes of the person; chosen, not measured
 */
public record MotionPrior(double[] joints, double translation, double keypoint) {

    /** The rate that the deviations are stated for, frames a second. */
    public static final double RATE = 30;

    /** Measured on recorded motion. */
    public static final MotionPrior MEASURED = load();

    private static MotionPrior load() {
        try (InputStream in = MotionPrior.class.getResourceAsStream("motion-prior.json")) {
            if (in == null) {
                throw new IllegalStateException("The resource motion-prior.json is missing from the jar.");
            }
            JsonNode root = JsonMapper.shared().readTree(in);
            double[] joints = new double[SmplJoint.count()];
            for (SmplJoint joint : SmplJoint.values()) {
                joints[joint.index()] = root.path("joints")
                        .required(joint.name().toLowerCase(Locale.ROOT))
                        .asDouble();
            }
            return new MotionPrior(
                    joints,
                    root.required("translation").asDouble(),
                    root.required("keypoint").asDouble());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The factor from a deviation at 30 frames a second to one at another rate. */
    static double atRate(double framesPerSecond) {
        return Math.pow(RATE / framesPerSecond, 1.5);
    }
}

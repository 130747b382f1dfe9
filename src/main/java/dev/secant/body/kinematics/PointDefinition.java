package dev.secant.body.kinematics;

import dev.secant.body.SmplJoint;
import java.util.Map;

/**
 * A named point of a posed body: a weighted sum of joints and surface landmarks, the weights summing to 1.
 *
 * @param name for example {@code right_hip}
 * @param joints weight by joint
 * @param landmarks weight by the landmark's name
 */
public record PointDefinition(String name, Map<SmplJoint, Double> joints, Map<String, Double> landmarks) {

    public PointDefinition {
        joints = Map.copyOf(joints);
        landmarks = Map.copyOf(landmarks);
        double sum = joints.values().stream().mapToDouble(weight -> weight).sum()
                + landmarks.values().stream().mapToDouble(weight -> weight).sum();
        if (Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException(
                    "The weights of the point (%s) sum to %s, but must sum to 1.".formatted(name, sum));
        }
    }

    /** A joint itself. */
    public static PointDefinition of(SmplJoint joint) {
        return new PointDefinition(joint.name().toLowerCase(java.util.Locale.ROOT), Map.of(joint, 1.0), Map.of());
    }
}

package dev.secant.fit;

import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import java.util.List;
import java.util.Map;

/**
 * People whose body is known, 4 m in front of a camera of 1920 x 1080 pixels: for examples, benchmarks and tests that need no
 * data. Their keypoints are the body's own, projected: free of noise and complete.
 */
public enum SamplePerson {
    /** Upright, arms hanging, facing the camera. */
    STANDING(0, Map.of()),
    /** A long step, arms swinging. */
    WALKING(
            30,
            Map.of(
                    SmplJoint.LEFT_HIP, turn(-30, 0, 0),
                    SmplJoint.LEFT_KNEE, turn(15, 0, 0),
                    SmplJoint.RIGHT_HIP, turn(20, 0, 0),
                    SmplJoint.RIGHT_KNEE, turn(35, 0, 0),
                    SmplJoint.LEFT_ELBOW, turn(0, -25, 0),
                    SmplJoint.RIGHT_ELBOW, turn(0, 25, 0))),
    /** On a chair, half turned away. */
    SITTING(
            -50,
            Map.of(
                    SmplJoint.LEFT_HIP, turn(-80, 0, 0),
                    SmplJoint.RIGHT_HIP, turn(-80, 0, 0),
                    SmplJoint.LEFT_KNEE, turn(80, 0, 0),
                    SmplJoint.RIGHT_KNEE, turn(80, 0, 0))),
    /** The right arm raised to the side, looking that way. */
    POINTING(
            10,
            Map.of(
                    SmplJoint.RIGHT_SHOULDER, turn(0, 0, -10),
                    SmplJoint.HEAD, turn(0, -40, 0),
                    SmplJoint.LEFT_ELBOW, turn(0, -40, 0)));

    /** The camera that sees them. */
    public static final Camera CAMERA = Camera.unknown(1920, 1080);

    /** Degrees that a hanging arm is turned from the T-pose. */
    private static final double HANGING = 70;

    private static final double METRES_AWAY = 4;

    private final double heading;
    private final Map<SmplJoint, float[]> turns;

    SamplePerson(double heading, Map<SmplJoint, float[]> turns) {
        this.heading = heading;
        this.turns = turns;
    }

    private static float[] turn(double x, double y, double z) {
        return new float[] {(float) Math.toRadians(x), (float) Math.toRadians(y), (float) Math.toRadians(z)};
    }

    /** The keypoints that a flawless detector would find, each with confidence 1. */
    public FitProblem problem(BodyModel body, KeypointLayout layout) {
        PointKinematics kinematics = new PointKinematics(PointRig.compile(body, KeypointCatalogue.all()));
        kinematics.forward(rotations(body.jointCount()), new float[body.shapeCount()]);
        int[] slots = KeypointCatalogue.slots(layout);
        double[] keypoints = new double[3 * slots.length];
        for (int k = 0; k < slots.length; k++) {
            float[] points = kinematics.points();
            double depth = points[3 * slots[k] + 2] + METRES_AWAY;
            keypoints[3 * k] = rounded(CAMERA.focalX() * points[3 * slots[k]] / depth + CAMERA.centerX());
            keypoints[3 * k + 1] = rounded(CAMERA.focalY() * points[3 * slots[k] + 1] / depth + CAMERA.centerY());
            keypoints[3 * k + 2] = 1;
        }
        return new FitProblem(layout, keypoints, CAMERA);
    }

    /** All of them. */
    public static List<FitProblem> problems(BodyModel body, KeypointLayout layout) {
        return List.of(values()).stream()
                .map(person -> person.problem(body, layout))
                .toList();
    }

    /** Parent-relative, {@code [J, 3, 3]}; the root's takes body space, y up, to camera space, y down. */
    private float[] rotations(int joints) {
        float[] rotations = new float[9 * joints];
        SmplJoint[] all = SmplJoint.values();
        for (int j = 0; j < joints; j++) {
            Rotations.exp(turns.getOrDefault(all[j], atRest(all[j])), 0, rotations, 9 * j);
        }
        float[] heads = new float[9];
        Rotations.exp(turn(0, heading, 0), 0, heads, 0);
        float[] faces = {1, 0, 0, 0, -1, 0, 0, 0, -1};
        Rotations.multiply(faces, 0, heads, 0, rotations, 0);
        return rotations;
    }

    private static float[] atRest(SmplJoint joint) {
        return switch (joint) {
            case LEFT_SHOULDER -> turn(0, 0, -HANGING);
            case RIGHT_SHOULDER -> turn(0, 0, HANGING);
            default -> new float[3];
        };
    }

    private static double rounded(double pixels) {
        return Math.round(1000 * pixels) / 1000.0;
    }
}

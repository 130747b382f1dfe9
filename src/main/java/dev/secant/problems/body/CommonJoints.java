package dev.secant.problems.body;

import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.KeypointCatalogue;
import java.util.ArrayList;
import java.util.List;

/** The 14 joints that errors are reported over: shoulders, elbows, wrists, hips, knees, ankles, neck, head. */
public final class CommonJoints {

    private static final List<SmplJoint> JOINTS = List.of(
            SmplJoint.LEFT_SHOULDER,
            SmplJoint.RIGHT_SHOULDER,
            SmplJoint.LEFT_ELBOW,
            SmplJoint.RIGHT_ELBOW,
            SmplJoint.LEFT_WRIST,
            SmplJoint.RIGHT_WRIST,
            SmplJoint.LEFT_HIP,
            SmplJoint.RIGHT_HIP,
            SmplJoint.LEFT_KNEE,
            SmplJoint.RIGHT_KNEE,
            SmplJoint.LEFT_ANKLE,
            SmplJoint.RIGHT_ANKLE,
            SmplJoint.NECK,
            SmplJoint.HEAD);

    private CommonJoints() {}

    /** How many there are: 14. */
    public static int count() {
        return JOINTS.size();
    }

    /** A rig of the keypoints' slots, then the pelvis, then the common joints. */
    public static PointRig rig(BodyModel body) {
        List<PointDefinition> points = new ArrayList<>(KeypointCatalogue.all());
        points.add(PointDefinition.of(SmplJoint.PELVIS));
        JOINTS.forEach(joint -> points.add(PointDefinition.of(joint)));
        return PointRig.compile(body, points);
    }

    /** The place of the pelvis in {@link #rig}; the common joints follow it. */
    public static int pelvis() {
        return KeypointCatalogue.all().size();
    }

    /** Errors of one body, both given as the points of {@link #rig}, metres. */
    public static Errors errors(float[] estimate, int estimateFrom, float[] truth, int truthFrom) {
        double[][] e = joints(estimate, estimateFrom);
        double[][] t = joints(truth, truthFrom);
        double[] estimateRoot = point(estimate, estimateFrom, pelvis());
        double[] truthRoot = point(truth, truthFrom, pelvis());
        return new Errors(
                1000 * PoseMetrics.mpjpe(e, t, estimateRoot, truthRoot), 1000 * PoseMetrics.procrustesMpjpe(e, t));
    }

    /**
     * The mean distance of the common joints, the pelves aligned, and its derivative.
     *
     * @param estimate points of {@link #rig}, metres
     * @param truth the same, from {@code truthFrom}
     * @param gradient receives the derivative with respect to the estimate; zero before
     * @return metres
     */
    public static float meanDistance(float[] estimate, float[] truth, int truthFrom, float[] gradient) {
        int root = 3 * pelvis();
        float sum = 0;
        float share = 1f / JOINTS.size();
        float[] d = new float[3];
        for (int i = 0; i < JOINTS.size(); i++) {
            int at = root + 3 + 3 * i;
            float squared = 1e-8f;
            for (int axis = 0; axis < 3; axis++) {
                d[axis] = estimate[at + axis]
                        - estimate[root + axis]
                        - truth[truthFrom + at + axis]
                        + truth[truthFrom + root + axis];
                squared += d[axis] * d[axis];
            }
            float distance = (float) Math.sqrt(squared);
            sum += share * distance;
            for (int axis = 0; axis < 3; axis++) {
                gradient[at + axis] += share * d[axis] / distance;
                gradient[root + axis] -= share * d[axis] / distance;
            }
        }
        return sum;
    }

    /**
     * The mean length of the second differences of the common joints relative to the pelvis over consecutive frames.
     *
     * @param points of {@link #rig}, one row a frame, at least three
     * @param width numbers of a row
     * @return in the unit of the points, for each squared frame
     */
    public static double acceleration(float[] points, int width) {
        int root = 3 * pelvis();
        int frames = points.length / width;
        double sum = 0;
        for (int t = 1; t + 1 < frames; t++) {
            for (int i = 0; i < JOINTS.size(); i++) {
                double squared = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double second = 0;
                    for (int k = -1; k <= 1; k++) {
                        int row = (t + k) * width + axis;
                        second += (k == 0 ? -2 : 1) * (points[row + root + 3 + 3 * i] - (double) points[row + root]);
                    }
                    squared += second * second;
                }
                sum += Math.sqrt(squared);
            }
        }
        return sum / ((frames - 2) * JOINTS.size());
    }

    private static double[][] joints(float[] points, int from) {
        double[][] joints = new double[JOINTS.size()][];
        for (int i = 0; i < joints.length; i++) {
            joints[i] = point(points, from, pelvis() + 1 + i);
        }
        return joints;
    }

    private static double[] point(float[] points, int from, int index) {
        return new double[] {points[from + 3 * index], points[from + 3 * index + 1], points[from + 3 * index + 2]};
    }

    /**
     * @param mpjpe mean per-joint position error, pelves aligned, millimetres
     * @param procrustes the same after Procrustes alignment (PA-MPJPE), millimetres
     */
    public record Errors(double mpjpe, double procrustes) {}
}

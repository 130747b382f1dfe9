package dev.secant.fit.output;

import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Camera;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.KeypointLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joints and keypoints of the iterates of a fit, which are stored without them; on plain arrays, in microseconds.
 *
 * <p>Safe for many threads.
 */
public final class FittedPoints {

    private final PointRig rig;
    private final int joints;

    /** Of bodies of a model. */
    public FittedPoints(BodyModel body) {
        List<PointDefinition> points = new ArrayList<>(KeypointCatalogue.all());
        joints = body.jointCount();
        for (int j = 0; j < joints; j++) {
            points.add(PointDefinition.of(SmplJoint.at(j)));
        }
        this.rig = PointRig.compile(body, points);
    }

    /**
     * Where an iterate's points are.
     *
     * @param joints3d in camera space, metres, {@code [J, 3]}
     * @param joints2d in the image, pixels, {@code [J, 2]}
     * @param keypoints2d in the image, in the order of the layout, pixels, {@code [K, 2]}
     */
    public record Located(float[] joints3d, float[] joints2d, float[] keypoints2d) {}

    /** The points of an iterate, seen by a camera. */
    public Located of(FittedBody.Iterate iterate, KeypointLayout layout, Camera camera) {
        PointKinematics kinematics = new PointKinematics(rig);
        float[] rotations = new float[9 * joints];
        for (int j = 0; j < joints; j++) {
            Rotations.exp(iterate.pose(), 3 * j, rotations, 9 * j);
        }
        kinematics.forward(rotations, iterate.betas());
        float[] points = kinematics.points();
        for (int i = 0; i < points.length; i++) {
            points[i] += iterate.translation()[i % 3];
        }
        float[] pixels = camera.pixels(points);
        int[] slots = KeypointCatalogue.slots(layout);
        float[] keypoints = new float[2 * slots.length];
        for (int k = 0; k < slots.length; k++) {
            System.arraycopy(pixels, 2 * slots[k], keypoints, 2 * k, 2);
        }
        return new Located(
                Arrays.copyOfRange(points, points.length - 3 * joints, points.length),
                Arrays.copyOfRange(pixels, pixels.length - 2 * joints, pixels.length),
                keypoints);
    }
}

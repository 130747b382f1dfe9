package dev.secant.problems.body;

import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Camera;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.Observations;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Draws synthetic people whom several calibrated cameras see: each camera as the validation protocol of {@link BodySampler} draws one,
 * their yaws spread around the person, each within half a share of the circle of its even place; noise and missing keypoints of each
 * view by themselves.
 */
public final class MultiViewSampler {

    /** Pixels; the fit does not depend on it. */
    private static final double FOCAL = 1000;

    private static final int TRIES = 100;
    private static final double BETA_BOUND = 2.5;

    private final PointKinematics kinematics;
    private final List<float[]> poses;
    private final SyntheticDetector detector;

    /**
     * A person and what is true of it.
     *
     * @param problem BODY_25 keypoints of each view
     * @param joints in the world, metres, {@code [24, 3]}
     */
    public record Person(MultiViewProblem problem, float[] joints) {}

    /**
     * A sampler.
     *
     * @param poses axis-angle by joint, the root from body space (y up) to a world with y up, {@code [24, 3]} each
     */
    public MultiViewSampler(BodyModel body, List<float[]> poses) {
        if (poses.isEmpty()) {
            throw new IllegalArgumentException("There is no motion frame to sample from.");
        }
        this.kinematics = new PointKinematics(PointRig.compile(
                body,
                Stream.concat(
                                KeypointCatalogue.all().stream(),
                                Stream.of(SmplJoint.values()).map(PointDefinition::of))
                        .toList()));
        this.poses = poses;
        this.detector =
                new SyntheticDetector(SamplingProtocol.VALIDATION.detector(), SamplingProtocol.initializerSlots());
    }

    /** Draws a person; the same random state gives the same person. */
    public Person draw(int views, SplittableRandom random) {
        float[] pose = poses.get(random.nextInt(poses.size()));
        float[] rotations = new float[3 * pose.length];
        for (int j = 0; j < pose.length / 3; j++) {
            Rotations.exp(pose, 3 * j, rotations, 9 * j);
        }
        float[] betas = new float[kinematics.rig().skeleton().shapeCount()];
        for (int s = 0; s < betas.length; s++) {
            betas[s] = (float) Math.max(-BETA_BOUND, Math.min(BETA_BOUND, random.nextGaussian()));
        }
        kinematics.forward(rotations, betas);
        float[] world = kinematics.points().clone();
        double yaw = random.nextDouble(-Math.PI, Math.PI);
        List<MultiViewProblem.View> seen = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            double share = 2 * Math.PI / views;
            seen.add(view("camera" + v, world, yaw + share * (v + random.nextDouble(-0.25, 0.25)), random));
        }
        int slots = KeypointCatalogue.all().size();
        return new Person(
                new MultiViewProblem(KeypointLayout.BODY_25, seen), Arrays.copyOfRange(world, 3 * slots, world.length));
    }

    private MultiViewProblem.View view(String id, float[] world, double yaw, SplittableRandom random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            float[] rotation =
                    BodySampler.cameraRotation(yaw, random.nextDouble(-0.4, 0.4), random.nextDouble(-0.15, 0.15));
            float[] turned = turned(rotation, world);
            float nearest = 0;
            for (int i = 2; i < turned.length; i += 3) {
                nearest = Math.min(nearest, turned[i]);
            }
            double focal = FOCAL * Math.exp(random.nextDouble(-0.3, 0.9));
            double depth =
                    Math.max(focal * 1.7 / random.nextDouble(150, 900) * random.nextDouble(0.8, 1.2), 1 - nearest);
            float[] translation = {
                (float) (depth * random.nextDouble(-0.25, 0.25)),
                (float) (depth * random.nextDouble(-0.2, 0.2)),
                (float) depth
            };
            BodySamples sample = new BodySamples(
                    new float[0],
                    new float[0],
                    translation,
                    turned,
                    new Observations(new float[2 * detector.slots()], new float[detector.slots()], new float[3]));
            if (detector.observe(sample, 0, random)) {
                return new MultiViewProblem.View(camera(id, rotation, translation), keypoints(sample.observations()));
            }
        }
        throw new IllegalStateException("No visible person came up in %d tries.".formatted(TRIES));
    }

    private static CalibratedCamera camera(String id, float[] rotation, float[] translation) {
        double[] matrix = new double[9];
        double[] place = new double[3];
        for (int i = 0; i < 9; i++) {
            matrix[i] = rotation[i];
        }
        for (int i = 0; i < 3; i++) {
            place[i] = translation[i];
        }
        return new CalibratedCamera(
                id, 2 * FOCAL, 2 * FOCAL, Camera.ofFocal(FOCAL, 2 * FOCAL, 2 * FOCAL), matrix, place);
    }

    private static double[] keypoints(Observations observations) {
        int[] slot = KeypointCatalogue.slots(KeypointLayout.BODY_25);
        double[] keypoints = new double[3 * slot.length];
        for (int k = 0; k < slot.length; k++) {
            for (int axis = 0; axis < 2; axis++) {
                keypoints[3 * k + axis] = FOCAL * (observations.rays()[2 * slot[k] + axis] + 1);
            }
            keypoints[3 * k + 2] = observations.weights()[slot[k]];
        }
        return keypoints;
    }

    private static float[] turned(float[] rotation, float[] points) {
        float[] turned = new float[points.length];
        for (int p = 0; p < points.length; p += 3) {
            for (int i = 0; i < 3; i++) {
                turned[p + i] = rotation[3 * i] * points[p]
                        + rotation[3 * i + 1] * points[p + 1]
                        + rotation[3 * i + 2] * points[p + 2];
            }
        }
        return turned;
    }
}

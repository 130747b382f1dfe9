package dev.secant.problems.body;

import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Observations;
import dev.secant.fit.Upright;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws synthetic people: a frame of recorded motion, a random shape, a random camera, detector-like noise.
 *
 * <p>The validation protocol ("V1"): root turned upright, camera yaw uniform, pitch within 0.4 and roll within 0.15 rad;
 * betas standard normal clipped at 2.5; focal length {@code 1000 exp(U(-0.3, 0.9))} px, apparent stature 150 to 900 px,
 * depth {@code f 1.7 / stature U(0.8, 1.2)}, all of the body at least 1 m in front; offset up to a quarter (x) and a fifth (y)
 * of the depth; noise of {@code U(0.004, 0.016)} of the person's size on each keypoint.
 *
 * <p>People whose trunk lies are turned by quarters of the image, as the fit turns them ({@link Upright}).
 *
 * <p>The rig's first points are the keypoints' slots. One instance is for one thread.
 */
public final class BodySampler {

    private static final double BETA_BOUND = 2.5;
    private static final int TRIES = 100;

    private final PointKinematics kinematics;
    private final PoseSource poses;
    private final SamplingProtocol.View view;
    private final SyntheticDetector detector;
    private final int joints;
    private final int betas;

    /**
     * A sampler.
     *
     * @param rig the keypoints' slots first, then any other points wanted
     * @param poses axis-angle by joint, the root from body space (y up) to a world with y up, {@code [J, 3]} each
     * @param usedSlots which slots a detector sees at all
     */
    public BodySampler(PointRig rig, List<float[]> poses, SamplingProtocol protocol, boolean[] usedSlots) {
        this(rig, new MotionLibrary(poses, ""), protocol, usedSlots);
    }

    /** A sampler of a library's poses, by their weights. */
    public BodySampler(PointRig rig, MotionLibrary motion, SamplingProtocol protocol, boolean[] usedSlots) {
        this.kinematics = new PointKinematics(rig);
        this.poses = new PoseSource(motion, protocol.poses());
        this.view = protocol.view();
        this.detector = new SyntheticDetector(protocol.detector(), usedSlots);
        this.joints = rig.skeleton().parents().length;
        this.betas = rig.skeleton().shapeCount();
    }

    /** Draws people; the same random state gives the same people. */
    public BodySamples draw(int count, SplittableRandom random) {
        int slots = detector.slots();
        int pointNumbers = 3 * kinematics.rig().size();
        BodySamples samples = new BodySamples(
                new float[count * 9 * joints],
                new float[count * betas],
                new float[count * 3],
                new float[count * pointNumbers],
                new Observations(new float[count * slots * 2], new float[count * slots], new float[count * 3]));
        for (int b = 0; b < count; b++) {
            int tries = 0;
            do {
                if (++tries > TRIES) {
                    throw new IllegalStateException("No visible person came up in %d tries.".formatted(TRIES));
                }
                drawBody(samples, b, random);
            } while (!detector.observe(samples, b, random));
        }
        return samples.upright(
                Upright.of(samples.observations()), kinematics.rig().skeleton());
    }

    private void drawBody(BodySamples samples, int b, SplittableRandom random) {
        float[] pose = poses.draw(random);
        float[] rotations = new float[9 * joints];
        for (int j = 0; j < joints; j++) {
            Rotations.exp(pose, 3 * j, rotations, 9 * j);
        }
        double yaw = random.nextDouble(-Math.PI, Math.PI);
        double pitch = angle(SamplingProtocol.View.PITCH, view.widePitch(), random);
        double roll = angle(SamplingProtocol.View.ROLL, view.wideRoll(), random);
        float[] camera = cameraRotation(yaw, pitch, roll);
        float[] root = rotations.clone();
        Rotations.multiply(camera, 0, root, 0, rotations, 0);
        float[] beta = drawBetas(betas, random);
        kinematics.forward(rotations, beta);
        float[] points = kinematics.points();
        System.arraycopy(rotations, 0, samples.rotations(), b * 9 * joints, 9 * joints);
        System.arraycopy(beta, 0, samples.betas(), b * betas, betas);
        System.arraycopy(points, 0, samples.points(), b * points.length, points.length);
        drawTranslation(samples, b, random);
    }

    static float[] drawBetas(int count, SplittableRandom random) {
        float[] beta = new float[count];
        for (int s = 0; s < count; s++) {
            beta[s] = (float) Math.max(-BETA_BOUND, Math.min(BETA_BOUND, random.nextGaussian()));
        }
        return beta;
    }

    private static double drawDepth(SplittableRandom random) {
        double focal = 1000 * Math.exp(random.nextDouble(-0.3, 0.9));
        return focal * 1.7 / random.nextDouble(150, 900) * random.nextDouble(0.8, 1.2);
    }

    private static void drawTranslation(double depth, SplittableRandom random, float[] out, int to) {
        out[to] = (float) (depth * random.nextDouble(-0.25, 0.25));
        out[to + 1] = (float) (depth * random.nextDouble(-0.2, 0.2));
        out[to + 2] = (float) depth;
    }

    /** A translation wherever the body reaches, {@code [3]}. */
    static float[] drawTranslation(SplittableRandom random) {
        float[] translation = new float[3];
        drawTranslation(drawDepth(random), random, translation, 0);
        return translation;
    }

    private void drawTranslation(BodySamples samples, int b, SplittableRandom random) {
        double depth = drawDepth(random);
        float[] points = kinematics.points();
        float nearest = 0;
        for (int i = 2; i < points.length; i += 3) {
            nearest = Math.min(nearest, points[i]);
        }
        drawTranslation(Math.max(depth, 1 - nearest), random, samples.translations(), 3 * b);
    }

    private double angle(double bound, double wideBound, SplittableRandom random) {
        boolean wide = view.wideProbability() > 0 && random.nextDouble() < view.wideProbability();
        double largest = wide ? wideBound : bound;
        return random.nextDouble(-largest, largest);
    }

    /** From a world with y up to a camera with y down and z forward that it faces, turned by yaw, pitch, then roll. */
    static float[] cameraRotation(double yaw, double pitch, double roll) {
        float[] rotation = new float[9];
        float[] step = new float[9];
        float[] product = new float[9];
        Rotations.exp(new float[] {0, (float) yaw, 0}, 0, rotation, 0);
        Rotations.exp(new float[] {(float) pitch, 0, 0}, 0, step, 0);
        Rotations.multiply(step, 0, rotation, 0, product, 0);
        Rotations.exp(new float[] {0, 0, (float) roll}, 0, step, 0);
        Rotations.multiply(step, 0, product, 0, rotation, 0);
        for (int i = 3; i < 9; i++) {
            rotation[i] = -rotation[i];
        }
        return rotation;
    }
}

package dev.secant.problems.body;

import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Observations;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws stretches of recorded motion seen by a camera that does not move: one camera and one shape each, drawn as {@link BodySampler}
 * draws them, the translation the clip's own around the middle frame.
 *
 * <p>One instance is for one thread.
 */
public final class ClipSampler {

    private static final int TRIES = 1000;

    /** The nearest that any point of the body comes to the camera, metres. */
    private static final double NEAREST = 1;

    private final PointKinematics kinematics;
    private final List<MotionClip> clips;
    private final int frames;
    private final SamplingProtocol protocol;
    private final boolean[] usedSlots;
    private final int starts;

    /** How what is missing changes over time. */
    public enum Occlusion {
        /** The same keypoints are missing in all frames. */
        FIXED,
        /** Each frame is drawn by itself. */
        CHANGING
    }

    /**
     * A sampler.
     *
     * @param rig the keypoints' slots first, then any other points wanted
     * @param clips shorter ones than a stretch are left out
     * @param frames T, of a stretch
     * @param usedSlots which slots a detector sees at all
     */
    public ClipSampler(
            PointRig rig, List<MotionClip> clips, int frames, SamplingProtocol protocol, boolean[] usedSlots) {
        this.kinematics = new PointKinematics(rig);
        this.frames = frames;
        this.clips = clips.stream().filter(clip -> clip.frameCount() >= frames).toList();
        this.protocol = protocol;
        this.usedSlots = usedSlots;
        this.starts = this.clips.stream()
                .mapToInt(clip -> clip.frameCount() - frames + 1)
                .sum();
        if (starts == 0) {
            throw new IllegalArgumentException("No clip has %d frames.".formatted(frames));
        }
    }

    /**
     * Draws a stretch.
     *
     * @return one row a frame
     */
    public BodySamples draw(Occlusion occlusion, SplittableRandom random) {
        SplittableRandom bodies = random.split();
        SplittableRandom views = random.split();
        for (int tries = 0; tries < TRIES; tries++) {
            BodySamples samples = drawBodies(bodies);
            if (inFront(samples) && observe(samples, occlusion, views)) {
                return samples;
            }
        }
        throw new IllegalStateException("No visible stretch came up in %d tries.".formatted(TRIES));
    }

    private BodySamples drawBodies(SplittableRandom random) {
        int joints = kinematics.rig().skeleton().parents().length;
        int start = random.nextInt(starts);
        int index = 0;
        while (start >= clips.get(index).frameCount() - frames + 1) {
            start -= clips.get(index).frameCount() - frames + 1;
            index++;
        }
        float[] camera = BodySampler.cameraRotation(
                random.nextDouble(-Math.PI, Math.PI),
                random.nextDouble(-SamplingProtocol.View.PITCH, SamplingProtocol.View.PITCH),
                random.nextDouble(-SamplingProtocol.View.ROLL, SamplingProtocol.View.ROLL));
        float[] beta = BodySampler.drawBetas(kinematics.rig().skeleton().shapeCount(), random);
        float[] middle = BodySampler.drawTranslation(random);
        int points = 3 * kinematics.rig().size();
        BodySamples samples = new BodySamples(
                new float[frames * 9 * joints],
                new float[frames * beta.length],
                new float[3 * frames],
                new float[frames * points],
                new Observations(
                        new float[2 * frames * usedSlots.length],
                        new float[frames * usedSlots.length],
                        new float[3 * frames]));
        MotionClip clip = clips.get(index);
        float[] origin = clip.translation(start + frames / 2);
        float[] rotations = new float[9 * joints];
        float[] root = new float[9];
        for (int t = 0; t < frames; t++) {
            float[] pose = clip.pose(start + t);
            for (int j = 0; j < joints; j++) {
                Rotations.exp(pose, 3 * j, rotations, 9 * j);
            }
            System.arraycopy(rotations, 0, root, 0, 9);
            Rotations.multiply(camera, 0, root, 0, rotations, 0);
            kinematics.forward(rotations, beta);
            System.arraycopy(rotations, 0, samples.rotations(), t * 9 * joints, 9 * joints);
            System.arraycopy(beta, 0, samples.betas(), t * beta.length, beta.length);
            System.arraycopy(kinematics.points(), 0, samples.points(), t * points, points);
            float[] moved = clip.translation(start + t);
            for (int row = 0; row < 3; row++) {
                float sum = middle[row];
                for (int i = 0; i < 3; i++) {
                    sum += camera[3 * row + i] * (moved[i] - origin[i]);
                }
                samples.translations()[3 * t + row] = sum;
            }
        }
        return samples;
    }

    private boolean inFront(BodySamples samples) {
        int points = samples.points().length / frames;
        for (int t = 0; t < frames; t++) {
            for (int i = 2; i < points; i += 3) {
                if (samples.points()[t * points + i] + samples.translations()[3 * t + 2] < NEAREST) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean observe(BodySamples samples, Occlusion occlusion, SplittableRandom random) {
        SyntheticDetector detector = new SyntheticDetector(protocol.detector(), usedSlots);
        boolean[] hidden = detector.hidden(random);
        for (int k = 0; k < hidden.length; k++) {
            hidden[k] |= random.nextDouble() < protocol.detector().missingKeypoint();
        }
        SyntheticDetector complete = new SyntheticDetector(protocol.detector().complete(), usedSlots);
        for (int t = 0; t < frames; t++) {
            boolean seen = occlusion == Occlusion.FIXED
                    ? complete.observe(samples, t, hidden, random)
                    : detector.observe(samples, t, random);
            if (!seen) {
                return false;
            }
        }
        return true;
    }
}

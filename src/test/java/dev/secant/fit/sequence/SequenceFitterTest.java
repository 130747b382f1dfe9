package dev.secant.fit.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.Kinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Camera;
import dev.secant.fit.FitBatch;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.Observations;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.ClipSampler;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.problems.body.TestMotion;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sequences of a walk, a squat and a reach with the bundled weights. */
class SequenceFitterTest {

    private static final BodyModel BODY = BodyModels.defaultBody();
    private static final PointRig RIG = CommonJoints.rig(BODY);
    private static final int FRAMES = 50;
    private static final double RATE = 30;
    private static final NDManager MANAGER = TensorRuntime.get().newManager(Device.cpu());
    private static final BodyNetworks NETWORKS =
            BodyNetworks.of(CheckpointRegistry.bundled().get("body"), BODY, MANAGER);
    private static final KeypointLayout LAYOUT = KeypointLayout.BODY_25;

    private final SequenceFitter fitter = new SequenceFitter(BODY, MotionPrior.MEASURED, RangeExecutor.SEQUENTIAL);

    private static FitBatch estimate(Observations observations) {
        return NETWORKS.estimate(observations);
    }

    private static BodySamples draw(int seed) {
        return new ClipSampler(
                        RIG,
                        TestMotion.clips(),
                        FRAMES,
                        SamplingProtocol.VALIDATION,
                        SamplingProtocol.initializerSlots())
                .draw(ClipSampler.Occlusion.CHANGING, new SplittableRandom(seed));
    }

    /** The keypoints of a stretch as a detector of BODY_25 writes them, through a camera of 1,000 pixels. */
    private static List<double @Nullable []> keypoints(BodySamples samples) {
        int[] slots = dev.secant.fit.KeypointCatalogue.slots(LAYOUT);
        Observations seen = samples.observations();
        int all = seen.weights().length / seen.size();
        List<double @Nullable []> frames = new ArrayList<>();
        for (int t = 0; t < seen.size(); t++) {
            double[] frame = new double[3 * slots.length];
            for (int k = 0; k < slots.length; k++) {
                int at = t * all + slots[k];
                if (seen.weights()[at] > 0) {
                    frame[3 * k] = 1000 * seen.rays()[2 * at] + 500;
                    frame[3 * k + 1] = 1000 * seen.rays()[2 * at + 1] + 500;
                    frame[3 * k + 2] = seen.weights()[at];
                }
            }
            frames.add(frame);
        }
        return frames;
    }

    private FittedSequence fit(List<double @Nullable []> frames) {
        return fit(fitter, frames);
    }

    private static FittedSequence fit(SequenceFitter fitter, List<double @Nullable []> frames) {
        return fitter.fit(
                new SequenceProblem(LAYOUT, new Camera(1000, 1000, 500, 500), RATE, frames),
                SequenceFitter.Settings.DEFAULT,
                SequenceFitterTest::estimate,
                SequenceObserver.NONE);
    }

    /** Mean distance of the joints, pelves aligned, of some frames, millimetres. */
    private static double error(FittedSequence sequence, BodySamples truth, int from, int to) {
        Kinematics kinematics = new Kinematics(BODY.skeleton());
        int joints = BODY.jointCount();
        double sum = 0;
        for (int t = from; t < to; t++) {
            FittedSequence.Frame frame = sequence.frames().get(t);
            float[] found = kinematics
                    .pose(sequence.betas(), frame.pose(), new float[3])
                    .joints();
            float[] real = kinematics
                    .poseByRotations(
                            Arrays.copyOf(truth.betas(), BODY.shapeCount()),
                            Arrays.copyOfRange(truth.rotations(), 9 * joints * t, 9 * joints * (t + 1)),
                            new float[3])
                    .joints();
            for (int j = 0; j < joints; j++) {
                double squared = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double d = found[3 * j + axis] - found[axis] - real[3 * j + axis] + real[axis];
                    squared += d * d;
                }
                sum += Math.sqrt(squared);
            }
        }
        return 1000 * sum / (to - from) / joints;
    }

    @Test
    void aSequenceIsNearerToTheTruthThanItsInitialEstimates() {
        double guessed = 0;
        double fitted = 0;
        for (int seed = 0; seed < 4; seed++) {
            BodySamples samples = draw(seed);
            fitted += error(fit(keypoints(samples)), samples, 0, FRAMES);
            FitBatch guess = estimate(samples.observations());
            FittedSequence frameByFrame = new FittedSequence(
                    Arrays.copyOf(guess.betas(), BODY.shapeCount()),
                    new Camera(1, 1, 0, 0),
                    RATE,
                    poses(guess),
                    0,
                    0,
                    0,
                    true);
            guessed += error(frameByFrame, samples, 0, FRAMES);
        }
        assertThat(fitted).isLessThan(0.8 * guessed);
    }

    private static List<FittedSequence.Frame> poses(FitBatch batch) {
        int joints = batch.joints();
        List<FittedSequence.Frame> frames = new ArrayList<>();
        for (int t = 0; t < batch.size(); t++) {
            float[] pose = new float[3 * joints];
            for (int j = 0; j < joints; j++) {
                dev.secant.body.kinematics.Rotations.log(batch.rotations(), 9 * (t * joints + j), pose, 3 * j);
            }
            frames.add(new FittedSequence.Frame(pose, new float[3], true, false, 0));
        }
        return frames;
    }

    @Test
    void framesWithoutThePersonAreFilledIn() {
        BodySamples samples = draw(1);
        List<double @Nullable []> frames = keypoints(samples);
        FittedSequence whole = fit(frames);
        for (int t : new int[] {0, 1, 20, 21, 22, 23, 24, 25, FRAMES - 1}) {
            frames.set(t, t == 22 ? new double[3 * LAYOUT.size()] : null);
        }
        FittedSequence gapped = fit(frames);

        assertThat(gapped.frames()).hasSize(FRAMES);
        for (int t = 0; t < FRAMES; t++) {
            assertThat(gapped.frames().get(t).observed()).as("frame %d", t).isEqualTo(frames.get(t) != null && t != 22);
            assertThat(Double.isNaN(gapped.frames().get(t).reprojectionError()))
                    .isEqualTo(!gapped.frames().get(t).observed());
        }
        assertThat(error(gapped, samples, 20, 26)).isLessThan(error(whole, samples, 20, 26) + 40);
        assertThat(error(gapped, samples, 0, 2)).isLessThan(error(whole, samples, 0, 2) + 40);
    }

    @Test
    void sidesThatADetectorExchangedAreExchangedBack() {
        BodySamples samples = draw(2);
        List<double @Nullable []> frames = keypoints(samples);
        FittedSequence straight = fit(frames);
        assertThat(straight.frames()).noneMatch(FittedSequence.Frame::exchanged);
        int[] partner = IntStream.range(0, LAYOUT.size())
                .map(k -> {
                    String name = LAYOUT.keypoints().get(k);
                    String other = name.startsWith("left_")
                            ? name.replace("left_", "right_")
                            : name.replace("right_", "left_");
                    return LAYOUT.keypoints().indexOf(other);
                })
                .toArray();
        for (int t = 15; t < 25; t++) {
            double[] frame = frames.get(t);
            double[] exchanged = new double[frame.length];
            for (int k = 0; k < partner.length; k++) {
                System.arraycopy(frame, 3 * partner[k], exchanged, 3 * k, 3);
            }
            frames.set(t, exchanged);
        }
        FittedSequence mended = fit(frames);
        for (int t = 0; t < FRAMES; t++) {
            assertThat(mended.frames().get(t).exchanged()).as("frame %d", t).isEqualTo(t >= 15 && t < 25);
        }
        assertThat(error(mended, samples, 0, FRAMES)).isCloseTo(error(straight, samples, 0, FRAMES), within(1.0));
    }

    @Test
    void outlyingWristsDoLittle() {
        BodySamples samples = draw(3);
        List<double @Nullable []> frames = keypoints(samples);
        double straight = error(fit(frames), samples, 0, FRAMES);
        for (int t = 3; t < FRAMES; t += 5) {
            for (String wrist : List.of("left_wrist", "right_wrist")) {
                frames.get(t)[3 * LAYOUT.keypoints().indexOf(wrist)] += 120;
            }
        }
        assertThat(error(fit(frames), samples, 0, FRAMES)).isLessThan(straight + 5);
    }

    @Test
    void windowsAndThreadsChangeNothing() {
        List<double @Nullable []> frames = keypoints(draw(6));
        FittedSequence whole = fit(frames);
        FittedSequence windows =
                fit(new SequenceFitter(BODY, MotionPrior.MEASURED, RangeExecutor.SEQUENTIAL, 11), frames);
        assertThat(windows.betas()).usingComparatorWithPrecision(0.02f).containsExactly(whole.betas());
        for (int t = 0; t < FRAMES; t++) {
            assertThat(windows.frames().get(t).pose())
                    .as("frame %d", t)
                    .usingComparatorWithPrecision(0.02f)
                    .containsExactly(whole.frames().get(t).pose());
        }
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            FittedSequence threads =
                    fit(new SequenceFitter(BODY, MotionPrior.MEASURED, RangeExecutor.on(pool), 11), frames);
            assertThat(threads.energy()).isEqualTo(windows.energy());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aSingleFrameIsASequenceToo() {
        BodySamples samples = draw(4);
        FittedSequence one = fit(new ArrayList<>(keypoints(samples).subList(0, 1)));
        assertThat(one.frames()).hasSize(1);
        assertThat(one.frames().get(0).reprojectionError()).isLessThan(0.03);
        assertThat(fit(new ArrayList<>(keypoints(samples).subList(0, 2))).frames())
                .hasSize(2);
    }

    @Test
    void aCancelledSequenceKeepsWhatItHas() {
        List<Integer> steps = new ArrayList<>();
        FittedSequence sequence = fitter.fit(
                new SequenceProblem(LAYOUT, new Camera(1000, 1000, 500, 500), RATE, keypoints(draw(5))),
                SequenceFitter.Settings.DEFAULT,
                SequenceFitterTest::estimate,
                new SequenceObserver() {
                    @Override
                    public void onStep(int step, double energy) {
                        steps.add(step);
                    }

                    @Override
                    public boolean isCancelled() {
                        return steps.size() > 1;
                    }
                });
        assertThat(steps).containsExactly(0, 1);
        assertThat(sequence.completed()).isFalse();
        assertThat(sequence.energy()).isLessThan(sequence.initialEnergy());
    }

    @Test
    void nobodyAnywhereIsRefused() {
        List<double @Nullable []> nobody = new ArrayList<>();
        nobody.add(null);
        nobody.add(new double[3 * LAYOUT.size()]);
        assertThatThrownBy(() -> fit(nobody)).hasMessageContaining("No frame");
        assertThatThrownBy(() -> new SequenceProblem(LAYOUT, new Camera(1, 1, 0, 0), RATE, List.of(new double[5])))
                .hasMessageContaining("frame (0) has 5");
        assertThatThrownBy(() -> new SequenceProblem(LAYOUT, new Camera(1, 1, 0, 0), 0, List.of()))
                .hasMessageContaining("frame rate (0.0)");
    }
}

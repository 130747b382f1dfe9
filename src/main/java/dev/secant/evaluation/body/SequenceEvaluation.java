package dev.secant.evaluation.body;

import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.Observations;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceObserver;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.ClipSampler;
import dev.secant.problems.body.CommonJoints;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Sequences against frame by frame, on synthetic stretches of motion, in their middle frames. */
@SuppressWarnings("try") // Scopes work by being open, unnamed in the code below them.
public final class SequenceEvaluation {

    /** Steps of the fit of a single frame. */
    private static final int STEPS = 8;

    private final BodyNetworks networks;
    private final PointRig rig;
    private final NDManager manager;

    /**
     * An evaluation on plain arrays.
     *
     * @param rig of {@link CommonJoints#rig}
     * @param manager of the networks' device
     */
    public SequenceEvaluation(BodyNetworks networks, PointRig rig, NDManager manager) {
        this.networks = networks;
        this.rig = rig;
        this.manager = manager;
    }

    /** The initial estimates of frames. */
    public FitBatch estimate(Observations observations) {
        return networks.estimate(observations);
    }

    /** The frames fitted one by one: a batch whose start is the result. */
    private FitBatch refine(Observations observations) {
        try (MemoryScope scope = MemoryScope.open();
                NDManager run = manager.newSubManager()) {
            FitStart start = networks.start(observations, run, Storage.ARRAYS);
            Optimum optimum = start.optimizer()
                    .minimize(
                            start.energy(),
                            start.zero(),
                            Execution.on(manager.getDevice()).with(Storage.ARRAYS),
                            StopRule.steps(STEPS),
                            Observer.NONE);
            return start.batch().movedTo(optimum.x().floats());
        }
    }

    /** Stretches of one kind. */
    public static List<BodySamples> draw(ClipSampler sampler, ClipSampler.Occlusion occlusion, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> sampler.draw(occlusion, random))
                .toList();
    }

    /**
     * A measured number.
     *
     * @param mean over stretches
     * @param error standard error of the mean
     */
    public record Mean(double mean, double error) {

        static Mean of(List<Double> values) {
            double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
            double squares =
                    values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            return new Mean(mean, Math.sqrt(squares / Math.max(1, values.size() - 1) / values.size()));
        }
    }

    /**
     * What came out.
     *
     * @param procrustes PA-MPJPE of the middle frames, millimetres
     * @param mpjpe of the middle frames, pelves aligned, millimetres
     * @param acceleration mean length of the joints' second differences, pelves aligned, millimetres a squared frame
     * @param milliseconds a frame
     */
    public record Result(Mean procrustes, Mean mpjpe, Mean acceleration, double milliseconds) {}

    /** The truth's own acceleration; errors 0. */
    public Result truth(List<BodySamples> stretches) {
        return measure(stretches, BodySamples::points);
    }

    /** Each frame by itself. */
    public Result frameByFrame(List<BodySamples> stretches) {
        return measure(stretches, stretch -> points(refine(stretch.observations())));
    }

    /** All frames together. */
    public Result together(
            List<BodySamples> stretches,
            double framesPerSecond,
            SequenceFitter fitter,
            SequenceFitter.Settings settings) {
        return measure(stretches, stretch -> {
            Observations observations = stretch.observations();
            int count = observations.size();
            int[] rows = IntStream.range(0, count).toArray();
            return points(fitter.solve(
                            observations.select(rows),
                            rows,
                            count,
                            framesPerSecond,
                            settings,
                            this::estimate,
                            SequenceObserver.NONE)
                    .state());
        });
    }

    private float[] points(FitBatch batch) {
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        float[] zero = new float[batch.variables()];
        float[] all = new float[3 * rig.size() * batch.size()];
        for (int t = 0; t < batch.size(); t++) {
            System.arraycopy(energy.points(t, zero, 0), 0, all, 3 * rig.size() * t, 3 * rig.size());
        }
        return all;
    }

    private Result measure(List<BodySamples> stretches, Function<BodySamples, float[]> fit) {
        List<Double> procrustes = new ArrayList<>();
        List<Double> mpjpe = new ArrayList<>();
        List<Double> accelerations = new ArrayList<>();
        long nanos = 0;
        long frames = 0;
        for (BodySamples stretch : stretches) {
            long began = System.nanoTime();
            float[] points = fit.apply(stretch);
            nanos += System.nanoTime() - began;
            frames += stretch.observations().size();
            int width = 3 * rig.size();
            int middle = points.length / width / 2;
            CommonJoints.Errors errors = CommonJoints.errors(points, middle * width, stretch.points(), middle * width);
            procrustes.add(errors.procrustes());
            mpjpe.add(errors.mpjpe());
            accelerations.add(1000 * CommonJoints.acceleration(points, width));
        }
        return new Result(Mean.of(procrustes), Mean.of(mpjpe), Mean.of(accelerations), nanos / 1e6 / frames);
    }
}

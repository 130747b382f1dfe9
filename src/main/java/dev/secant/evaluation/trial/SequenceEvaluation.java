package dev.secant.evaluation.trial;

import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.Observations;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.ClipSampler;
import dev.secant.problems.body.CommonJoints;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Sequences against frame by frame, on synthetic stretches of motion, in their middle frames. */
public final class SequenceEvaluation {

    private final PointRig rig;
    private final Function<Observations, FitBatch> estimator;
    private final Function<Observations, FitBatch> perFrame;

    /**
     * An evaluation.
     *
     * @param rig of {@link CommonJoints#rig}
     * @param estimator the initial estimates of frames
     * @param perFrame the frames fitted one by one: a batch whose zero is the result
     */
    public SequenceEvaluation(
            PointRig rig, Function<Observations, FitBatch> estimator, Function<Observations, FitBatch> perFrame) {
        this.rig = rig;
        this.estimator = estimator;
        this.perFrame = perFrame;
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
     */
    public record Result(Mean procrustes, Mean mpjpe, Mean acceleration) {}

    /** The truth's own acceleration; errors 0. */
    public Result truth(List<BodySamples> stretches) {
        return measure(stretches, BodySamples::points);
    }

    /** Each frame by itself. */
    public Result frameByFrame(List<BodySamples> stretches) {
        return measure(stretches, stretch -> points(perFrame.apply(stretch.observations())));
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
                            observations.select(rows), rows, count, framesPerSecond, settings, estimator, () -> false)
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
        for (BodySamples stretch : stretches) {
            float[] points = fit.apply(stretch);
            int width = 3 * rig.size();
            int middle = points.length / width / 2;
            CommonJoints.Errors errors = CommonJoints.errors(points, middle * width, stretch.points(), middle * width);
            procrustes.add(errors.procrustes());
            mpjpe.add(errors.mpjpe());
            accelerations.add(1000 * CommonJoints.acceleration(points, width));
        }
        return new Result(Mean.of(procrustes), Mean.of(mpjpe), Mean.of(accelerations));
    }
}

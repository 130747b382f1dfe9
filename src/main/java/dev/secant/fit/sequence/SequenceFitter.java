package dev.secant.fit.sequence;

import dev.secant.body.BodyModel;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitEnergy;
import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import dev.secant.fit.TreeFitEnergy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fits one person to the frames of a video: one shape, a pose and a translation a frame, smooth over time.
 *
 * <p>Safe for many threads; the parts that run beside each other are the {@link RangeExecutor}'s.
 */
public final class SequenceFitter {

    private final PointRig rig;
    private final MotionPrior motion;
    private final RangeExecutor executor;
    private final int window;

    /**
     * How a sequence is fitted.
     *
     * @param steps Gauss-Newton steps at most, 0 to 100; 0 returns the smoothed initial estimates
     * @param weights of the energy's terms
     */
    public record Settings(int steps, SequenceWeights weights) {

        /** Steps that are enough nearly always. */
        public static final int DEFAULT_STEPS = 6;

        /** The defaults. */
        public static final Settings DEFAULT = new Settings(DEFAULT_STEPS, SequenceWeights.DEFAULT);

        public Settings {
            if (steps < 0 || steps > 100) {
                throw new IllegalArgumentException(
                        "The steps (%d) of the sequence must be between 0 and 100.".formatted(steps));
            }
        }
    }

    /** Fits a body model. */
    public SequenceFitter(BodyModel body, MotionPrior motion, RangeExecutor executor) {
        this(body, motion, executor, SequenceSmoother.WINDOW);
    }

    SequenceFitter(BodyModel body, MotionPrior motion, RangeExecutor executor, int window) {
        this.rig = PointRig.compile(body, KeypointCatalogue.all());
        this.motion = motion;
        this.executor = executor;
        this.window = window;
    }

    /**
     * Fits.
     *
     * @param problem at least one frame must have a detected keypoint
     * @param estimator gives the initial estimates of frames, one row each
     * @param observer hears of each step; if it cancels, the result is what was reached
     */
    public FittedSequence fit(
            SequenceProblem problem,
            Settings settings,
            Function<Observations, FitBatch> estimator,
            SequenceObserver observer) {
        int[] rows = IntStream.range(0, problem.frames().size())
                .filter(t -> SequenceProblem.isObserved(problem.frames().get(t)))
                .toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("No frame of the sequence has a detected keypoint.");
        }
        List<FitProblem> observed = new ArrayList<>();
        for (int t : rows) {
            double[] keypoints = problem.frames().get(t);
            if (keypoints != null) {
                observed.add(new FitProblem(problem.layout(), keypoints, problem.camera()));
            }
        }
        Solution solution = solve(
                Observations.of(observed),
                rows,
                problem.frames().size(),
                problem.framesPerSecond(),
                settings,
                estimator,
                observer);
        return result(problem, solution);
    }

    /**
     * Fits keypoints that are in slots already.
     *
     * @param observations of the observed frames, one row each
     * @param rows the frames that these are, ascending
     * @param count of all frames, T
     */
    public Solution solve(
            Observations observations,
            int[] rows,
            int count,
            double framesPerSecond,
            Settings settings,
            Function<Observations, FitBatch> estimator,
            SequenceObserver observer) {
        boolean[] observed = new boolean[count];
        for (int t : rows) {
            observed[t] = true;
        }
        Observations all = FrameRows.spread(observations, rows, count);
        double size = SequenceStart.median(sizes(all, rows));
        boolean[] exchanged = framesPerSecond >= SideExchanges.SLOWEST
                ? new SideExchanges(all, size, framesPerSecond).undo()
                : new boolean[count];
        Observations completed = new TrackCompletion(
                        all, size, motion.keypoint() * MotionPrior.atRate(framesPerSecond), framesPerSecond)
                .complete(observed);
        FitBatch guess = FrameRows.spread(
                estimator.apply(completed.select(rows)),
                rows,
                new Observations(all.rays(), all.weights(), completed.boxes()));
        SequenceFrames frames = new SequenceFrames(guess, observed, framesPerSecond);
        TemporalTerms temporal = new TemporalTerms(frames, motion, settings.weights(), distance(guess, rows));
        SequenceSmoother.Optimum optimum =
                new SequenceSmoother(rig, frames, temporal, executor, window).minimize(settings.steps(), observer);
        return new Solution(optimum.point().state(), observed, exchanged, optimum, !observer.isCancelled());
    }

    /**
     * Where a sequence ended.
     *
     * @param state poses, translations and the shape, one row a frame
     * @param observed {@code [T]}
     * @param exchanged {@code [T]}
     * @param optimum of the minimization
     * @param completed whether it was not cancelled
     */
    public record Solution(
            FitBatch state,
            boolean[] observed,
            boolean[] exchanged,
            SequenceSmoother.Optimum optimum,
            boolean completed) {}

    private static double[] sizes(Observations observations, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(t -> observations.boxes()[3 * t + 2])
                .toArray();
    }

    private static double distance(FitBatch guess, int[] rows) {
        return SequenceStart.median(Arrays.stream(rows)
                .mapToDouble(t -> guess.translations()[3 * t + 2])
                .toArray());
    }

    private FittedSequence result(SequenceProblem problem, Solution solution) {
        FitBatch state = solution.state();
        TreeFitEnergy points = new TreeFitEnergy(rig, state);
        float[] zero = new float[state.variables()];
        List<FittedSequence.Frame> frames = new ArrayList<>();
        for (int t = 0; t < state.size(); t++) {
            float[] pose = new float[3 * state.joints()];
            for (int j = 0; j < state.joints(); j++) {
                Rotations.log(state.rotations(), 9 * (t * state.joints() + j), pose, 3 * j);
            }
            frames.add(new FittedSequence.Frame(
                    pose,
                    Arrays.copyOfRange(state.translations(), 3 * t, 3 * t + 3),
                    solution.observed()[t],
                    solution.exchanged()[t],
                    solution.observed()[t] ? error(state.observations(), t, points.points(t, zero, 0)) : Double.NaN));
        }
        return new FittedSequence(
                Arrays.copyOf(state.betas(), state.shapes()),
                problem.camera(),
                problem.framesPerSecond(),
                frames,
                solution.optimum().point().value(),
                solution.optimum().initialEnergy(),
                solution.optimum().steps(),
                solution.completed());
    }

    private static double error(Observations observations, int t, float[] points) {
        int slots = observations.weights().length / observations.size();
        double sum = 0;
        int seen = 0;
        for (int k = 0; k < slots; k++) {
            int at = t * slots + k;
            if (observations.weights()[at] > 0) {
                double z = Math.max(points[3 * k + 2], FitEnergy.NEAREST);
                sum += Math.hypot(
                        points[3 * k] / z - observations.rays()[2 * at],
                        points[3 * k + 1] / z - observations.rays()[2 * at + 1]);
                seen++;
            }
        }
        return sum / Math.max(seen, 1) / observations.boxes()[3 * t + 2];
    }
}

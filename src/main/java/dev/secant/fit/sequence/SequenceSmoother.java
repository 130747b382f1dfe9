package dev.secant.fit.sequence;

import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;
import dev.secant.linalg.Cholesky;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimizes a {@link SequenceEnergy} by Gauss-Newton steps: all poses and the shared shape at once, window by window, with a search along
 * the step.
 */
final class SequenceSmoother {

    /** Frames that a window answers for. */
    static final int WINDOW = 256;

    /** Further frames on both sides, seconds: what is beyond them has no say in a window's steps. */
    private static final double OVERLAP = 0.5;

    private static final int START_STEPS = 4;
    private static final int HALVINGS = 4;
    private static final double ENOUGH = 1e-3;
    private static final double LEAST_LEVER = 1e-5;

    private final PointRig rig;
    private final SequenceFrames frames;
    private final TemporalTerms temporal;
    private final RangeExecutor executor;
    private final int window;
    private final SequenceEnergy energy;
    private final boolean[] seen;

    /**
     * The end of a minimization.
     *
     * @param point the state and its energy
     * @param initialEnergy the energy at the start
     * @param steps done
     */
    record Optimum(SequenceEnergy.Point point, double initialEnergy, int steps) {}

    /**
     * A smoother.
     *
     * @param window frames that a window answers for
     */
    SequenceSmoother(PointRig rig, SequenceFrames frames, TemporalTerms temporal, RangeExecutor executor, int window) {
        this.rig = rig;
        this.frames = frames;
        this.temporal = temporal;
        this.executor = executor;
        this.window = window;
        this.energy = new SequenceEnergy(rig, frames, temporal, executor);
        this.seen = seen();
    }

    /** The variables that move some keypoint; the others are where the priors have them. */
    private boolean[] seen() {
        int joints = frames.guess().joints();
        int slots = rig.size();
        float[] rotations = new float[9 * joints];
        for (int j = 0; j < joints; j++) {
            Rotations.exp(new float[3], 0, rotations, 9 * j);
        }
        PointKinematics kinematics = new PointKinematics(rig);
        kinematics.forward(rotations, new float[frames.guess().shapes()]);
        float[] levers = new float[3 * slots * joints];
        kinematics.levers(slots, levers);
        boolean[] moving = new boolean[frames.variables()];
        for (int i = 0; i < levers.length; i++) {
            int joint = i / 3 % joints;
            if (Math.abs(levers[i]) > LEAST_LEVER) {
                Arrays.fill(moving, 3 * joint, 3 * joint + 3, true);
            }
        }
        Arrays.fill(moving, frames.camera(), moving.length, true);
        return moving;
    }

    /**
     * Minimizes.
     *
     * @param steps Gauss-Newton steps at most
     * @param observer hears of each step
     */
    Optimum minimize(int steps, SequenceObserver observer) {
        FitBatch state = new SequenceStart(frames).state();
        SequenceEnergy.Point point = energy.at(state, false);
        StartStep start = new StartStep(frames, temporal);
        for (int step = 0; step < START_STEPS; step++) {
            Optional<SequenceEnergy.Point> next = search(point, start.at(point), false);
            if (next.isEmpty()) {
                break;
            }
            point = next.get();
        }
        point = energy.at(point.state(), true);
        double initial = point.value();
        observer.onStep(0, initial);
        int done = 0;
        while (done < steps && !observer.isCancelled()) {
            Optional<SequenceEnergy.Point> next = search(point, step(point), true);
            if (next.isEmpty()) {
                break;
            }
            done++;
            double gained = point.value() - next.get().value();
            point = next.get();
            observer.onStep(done, point.value());
            if (gained <= ENOUGH * point.value()) {
                break;
            }
        }
        return new Optimum(point, initial, done);
    }

    private Optional<SequenceEnergy.Point> search(SequenceEnergy.Point point, double[] step, boolean withImages) {
        double factor = 1;
        for (int k = 0; k <= HALVINGS; k++) {
            SequenceEnergy.Point next = energy.at(SequenceState.moved(point.state(), step, factor), withImages);
            if (next.value() < point.value()) {
                return Optional.of(next);
            }
            factor /= 2;
        }
        return Optional.empty();
    }

    /** The step, {@code [T, n]}. */
    private double[] step(SequenceEnergy.Point point) {
        int windows = (frames.count() + window - 1) / window;
        int overlap = (int) Math.ceil(OVERLAP * frames.framesPerSecond());
        WindowStep.Part[] parts = new WindowStep.Part[windows];
        executor.run(windows, index -> {
            int first = index * window;
            int last = Math.min(frames.count(), first + window);
            int from = Math.max(0, first - overlap);
            int to = Math.min(frames.count(), last + overlap);
            parts[index] = new WindowStep(frames, temporal, point, seen, from, to).solve(rig, first, last);
        });
        double[] betas = betas(parts);
        int n = frames.variables();
        int[] variables = WindowStep.variables(seen);
        int shapes = betas.length;
        double[] step = new double[frames.count() * n];
        for (int t = 0; t < frames.count(); t++) {
            double[] solutions = parts[t / window].solutions();
            for (int a = 0; a < variables.length; a++) {
                int at = ((t % window) * variables.length + a) * (1 + shapes);
                double sum = solutions[at];
                for (int s = 0; s < shapes; s++) {
                    sum += solutions[at + 1 + s] * betas[s];
                }
                step[t * n + variables[a]] = sum;
            }
            System.arraycopy(betas, 0, step, t * n + frames.firstBeta(), shapes);
        }
        return step;
    }

    private static double[] betas(WindowStep.Part[] parts) {
        int shapes = parts[0].right().length;
        double[][] matrix = new double[shapes][shapes];
        double[] right = new double[shapes];
        for (WindowStep.Part part : parts) {
            for (int s = 0; s < shapes; s++) {
                right[s] += part.right()[s];
                for (int k = 0; k < shapes; k++) {
                    matrix[s][k] += part.matrix()[s][k];
                }
            }
        }
        return Cholesky.of(matrix, 0)
                .orElseThrow(() -> new IllegalStateException("The system of the betas is not positive definite."))
                .solve(right);
    }
}

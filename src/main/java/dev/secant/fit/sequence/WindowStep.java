package dev.secant.fit.sequence;

import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitJacobian;
import dev.secant.linalg.BandedCholesky;

/**
 * The Gauss-Newton step of a window of frames: a block pentadiagonal system of the poses, bordered by the betas that all frames share.
 *
 * <p>Frames outside of the window are held where they are; windows overlap, and a window gives the steps of its own frames only, so what
 * that changes is small, and vanishes where the gradient does. For one thread.
 */
final class WindowStep {

    private final SequenceFrames frames;
    private final TemporalTerms temporal;
    private final SequenceEnergy.Point point;
    private final int from;
    private final int to;
    private final int[] variables;
    private final int shapes;
    private final BandedCholesky matrix;
    private final double[] right;

    /**
     * What a window contributes.
     *
     * @param solutions of its frames, {@code [frames, variables, 1 + S]}: first the step with the betas held, then how it changes by each
     * @param matrix of the betas, the poses eliminated, {@code [S, S]}
     * @param right side of it, {@code [S]}
     */
    record Part(double[] solutions, double[][] matrix, double[] right) {}

    /**
     * A window.
     *
     * @param active the variables of a frame that the images can tell something of, {@code [n]}, betas left out
     */
    WindowStep(
            SequenceFrames frames,
            TemporalTerms temporal,
            SequenceEnergy.Point point,
            boolean[] active,
            int from,
            int to) {
        this.frames = frames;
        this.temporal = temporal;
        this.point = point;
        this.from = from;
        this.to = to;
        this.shapes = frames.guess().shapes();
        this.variables = variables(active);
        int width = variables.length;
        this.matrix = new BandedCholesky(
                (to - from) * width, Math.min(2, to - from - 1) * width + (to - from < 3 ? width - 1 : 0));
        this.right = new double[(to - from) * width * (1 + shapes)];
    }

    /** The active variables. */
    static int[] variables(boolean[] active) {
        return java.util.stream.IntStream.range(0, active.length)
                .filter(i -> active[i])
                .toArray();
    }

    /**
     * Solves the window.
     *
     * @param rig of the keypoints
     * @param first frame that the window answers for
     * @param last frame that it answers for, exclusive
     */
    Part solve(PointRig rig, int first, int last) {
        FitBatch state = point.state();
        FitJacobian jacobians = new FitJacobian(rig, state);
        double[][] own = new double[shapes][shapes];
        double[][] border = new double[(to - from) * variables.length][];
        double[] betaGradient = new double[shapes];
        int n = frames.variables();
        for (int t = from; t < to; t++) {
            boolean answers = t >= first && t < last;
            if (frames.observed()[t]) {
                addImage(jacobians.at(t).values(), t, border, own, answers);
            }
            addDiagonal(t);
            addTemporal(t);
            for (int s = 0; answers && s < shapes; s++) {
                int beta = frames.firstBeta() + s;
                own[s][s] += point.curvature()[t * n + beta];
                betaGradient[s] += point.gradient()[t * n + beta];
            }
        }
        if (!matrix.factor()) {
            throw new IllegalStateException("The system of a sequence is not positive definite.");
        }
        fillRight(border);
        matrix.solve(right, 1 + shapes);
        return eliminate(first, last, border, own, betaGradient);
    }

    private int row(int frame, int index) {
        return (frame - from) * variables.length + index;
    }

    private void addImage(float[][] jacobian, int t, double[][] border, double[][] own, boolean answers) {
        double weight = temporal.weights().data();
        int width = variables.length;
        double[] active = new double[width];
        for (float[] residual : jacobian) {
            for (int a = 0; a < width; a++) {
                active[a] = residual[variables[a]];
            }
            for (int a = 0; a < width; a++) {
                double factor = weight * active[a];
                if (factor != 0) {
                    int at = row(t, a);
                    for (int b = 0; b <= a; b++) {
                        matrix.add(at, at - a + b, factor * active[b]);
                    }
                    if (border[at] == null) {
                        border[at] = new double[shapes];
                    }
                    addBetas(residual, factor, border[at]);
                }
            }
            for (int s = 0; answers && s < shapes; s++) {
                addBetas(residual, weight * residual[frames.firstBeta() + s], own[s]);
            }
        }
    }

    private void addBetas(float[] residual, double factor, double[] out) {
        for (int s = 0; s < shapes; s++) {
            out[s] += factor * residual[frames.firstBeta() + s];
        }
    }

    private void addDiagonal(int t) {
        int n = frames.variables();
        for (int a = 0; a < variables.length; a++) {
            matrix.add(row(t, a), row(t, a), point.curvature()[t * n + variables[a]]);
        }
    }

    /** The second difference around a frame and the first to the next, as far as their frames are in the window; those before it too. */
    private void addTemporal(int t) {
        for (int a = 0; a < variables.length; a++) {
            double second = temporal.acceleration()[variables[a]];
            double first = temporal.velocity(variables[a]);
            double diagonal = 0;
            int last = frames.count() - 1;
            // A frame is at the end of up to two second differences and in the middle of one.
            diagonal += t + 2 <= last ? second : 0;
            diagonal += t >= 2 ? second : 0;
            diagonal += t >= 1 && t + 1 <= last ? 4 * second : 0;
            diagonal += (t >= 1 ? first : 0) + (t + 1 <= last ? first : 0);
            matrix.add(row(t, a), row(t, a), diagonal);
            if (t - 1 >= from) {
                double beside = -first;
                beside -= t + 1 <= last ? 2 * second : 0;
                beside -= t >= 2 ? 2 * second : 0;
                matrix.add(row(t, a), row(t - 1, a), beside);
            }
            if (t - 2 >= from) {
                matrix.add(row(t, a), row(t - 2, a), second);
            }
        }
    }

    private void fillRight(double[][] border) {
        int n = frames.variables();
        int count = 1 + shapes;
        for (int t = from; t < to; t++) {
            for (int a = 0; a < variables.length; a++) {
                int at = row(t, a);
                right[at * count] = -point.gradient()[t * n + variables[a]];
                for (int s = 0; s < shapes && border[at] != null; s++) {
                    right[at * count + 1 + s] = -border[at][s];
                }
            }
        }
    }

    private Part eliminate(int first, int last, double[][] border, double[][] own, double[] betaGradient) {
        int count = 1 + shapes;
        double[] side = new double[shapes];
        for (int s = 0; s < shapes; s++) {
            side[s] = -betaGradient[s];
        }
        for (int at = row(first, 0); at < row(last, 0); at++) {
            double[] row = border[at];
            for (int s = 0; s < shapes && row != null; s++) {
                side[s] -= row[s] * right[at * count];
                for (int k = 0; k < shapes; k++) {
                    own[s][k] += row[s] * right[at * count + 1 + k];
                }
            }
        }
        double[] solutions = java.util.Arrays.copyOfRange(right, row(first, 0) * count, row(last, 0) * count);
        return new Part(solutions, own, side);
    }
}

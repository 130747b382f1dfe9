package dev.secant.fit.sequence;

import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;

/**
 * The terms of a sequence's energy that need no image: the frames' priors and the temporal term.
 *
 * <p>Variables of a frame are those of {@link FitBatch} before whitening, but the translation's are {@code (x / z, y / z, log z)}. The
 * prior is Student's t with 4 degrees of freedom, as the refiner was trained, so that frames whose estimate is far off let go. Jacobians
 * of the logarithm, and the turn of one frame's axes into the next's, are taken for the identity: steps between frames are small.
 * For one thread.
 */
final class TemporalTerms {

    private static final double FREEDOM = 4;

    /** Precision of a first difference, relative to that of a second difference: holds long gaps down. */
    private static final double VELOCITY = 1e-3;

    private final SequenceFrames frames;
    private final SequenceWeights weights;
    private final double[] acceleration;
    private final double[] priorWeight;
    private final double[] value = new double[1];

    TemporalTerms(SequenceFrames frames, MotionPrior motion, SequenceWeights weights, double distance) {
        this.frames = frames;
        this.weights = weights;
        int n = frames.variables();
        this.acceleration = new double[n];
        this.priorWeight = new double[n];
        double rate = MotionPrior.atRate(frames.framesPerSecond());
        double often = Math.min(1, MotionPrior.RATE / frames.framesPerSecond());
        for (int i = 0; i < n; i++) {
            boolean shape = i >= frames.firstBeta() && i < frames.camera();
            double deviation = i < frames.firstBeta() ? motion.joints()[i / 3] : motion.translation() / distance;
            acceleration[i] = shape ? 0 : weights.smoothness() / (deviation * deviation * rate * rate);
            priorWeight[i] = often * (shape ? weights.shape() : weights.prior());
        }
    }

    /** The precision of each variable's second difference, {@code [n]}; 0 for betas. */
    double[] acceleration() {
        return acceleration;
    }

    /** The precision of each variable's first difference, {@code [n]}. */
    double velocity(int variable) {
        return VELOCITY * acceleration[variable];
    }

    SequenceWeights weights() {
        return weights;
    }

    /**
     * Adds value, gradient and curvature at a state.
     *
     * @param state one row a frame; all frames have the same betas
     * @param gradient is added to, {@code [T, n]}
     * @param curvature the prior's share of the Hessian's diagonal is added to it, {@code [T, n]}
     * @return the value
     */
    double add(FitBatch state, double[] gradient, double[] curvature) {
        value[0] = 0;
        int n = frames.variables();
        double[] differences = new double[frames.count() * n];
        double[] first = new double[n];
        for (int t = 0; t < frames.count(); t++) {
            if (frames.observed()[t]) {
                addPrior(state, t, gradient, curvature);
            }
            if (t + 1 < frames.count()) {
                difference(state, t + 1, state, t, differences, t * n);
            }
        }
        for (int t = 0; t + 1 < frames.count(); t++) {
            System.arraycopy(differences, t * n, first, 0, n);
            addTemporal(first, t, differences, gradient);
        }
        return value[0];
    }

    private void addPrior(FitBatch state, int t, double[] gradient, double[] curvature) {
        int n = frames.variables();
        double[] delta = new double[n];
        difference(state, t, frames.guess(), t, delta, 0);
        for (int i = 0; i < n; i++) {
            double deviation = frames.guess().scales()[t * n + i] * (isSideways(i) ? frames.size(t) : 1);
            double z = delta[i] / deviation;
            double weight = priorWeight[i] * (FREEDOM + 1) / (FREEDOM + z * z);
            value[0] += priorWeight[i] * 0.5 * (FREEDOM + 1) * Math.log1p(z * z / FREEDOM);
            gradient[t * n + i] += weight * z / deviation;
            curvature[t * n + i] += weight / (deviation * deviation);
        }
    }

    private boolean isSideways(int variable) {
        return variable >= frames.camera() && variable < frames.camera() + 2;
    }

    private void addTemporal(double[] first, int t, double[] differences, double[] gradient) {
        int n = frames.variables();
        boolean inner = t + 2 < frames.count();
        for (int i = 0; i < n; i++) {
            double a = acceleration[i];
            double v = velocity(i);
            value[0] += 0.5 * v * first[i] * first[i];
            gradient[t * n + i] -= v * first[i];
            gradient[(t + 1) * n + i] += v * first[i];
            if (inner) {
                double second = differences[(t + 1) * n + i] - first[i];
                value[0] += 0.5 * a * second * second;
                gradient[t * n + i] += a * second;
                gradient[(t + 1) * n + i] -= 2 * a * second;
                gradient[(t + 2) * n + i] += a * second;
            }
        }
    }

    /** The variables that lead from one frame of a batch to one of another, {@code [n]} from {@code to}. */
    private void difference(FitBatch to, int toFrame, FitBatch from, int fromFrame, double[] out, int at) {
        int joints = to.joints();
        double[] relative = new double[9];
        for (int j = 0; j < joints; j++) {
            int a = 9 * (fromFrame * joints + j);
            int b = 9 * (toFrame * joints + j);
            // The root turns about the camera's axes, B A'; every other joint about its own, A' B.
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    double sum = 0;
                    for (int k = 0; k < 3; k++) {
                        sum += j == 0
                                ? (double) to.rotations()[b + 3 * row + k] * from.rotations()[a + 3 * column + k]
                                : (double) from.rotations()[a + 3 * k + row] * to.rotations()[b + 3 * k + column];
                    }
                    relative[3 * row + column] = sum;
                }
            }
            System.arraycopy(Rotations.axisAngle(relative), 0, out, at + 3 * j, 3);
        }
        for (int s = 0; s < to.shapes(); s++) {
            out[at + 3 * joints + s] =
                    to.betas()[toFrame * to.shapes() + s] - (double) from.betas()[fromFrame * to.shapes() + s];
        }
        int camera = at + frames.camera();
        double depthTo = to.translations()[3 * toFrame + 2];
        double depthFrom = from.translations()[3 * fromFrame + 2];
        for (int axis = 0; axis < 2; axis++) {
            out[camera + axis] = to.translations()[3 * toFrame + axis] / depthTo
                    - from.translations()[3 * fromFrame + axis] / depthFrom;
        }
        out[camera + 2] = Math.log(depthTo / depthFrom);
    }
}

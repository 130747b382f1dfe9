package dev.secant.fit.views;

import dev.secant.body.Skeleton;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes one prior of the initializer's estimates from each view and their predicted deviations.
 *
 * <p>Each joint's rotation is the mean of the views' (see {@link RobustMean}). So are the root's rotation, each view's turned to the world;
 * the betas; and the pelvis' place, which is certain across each view's line of sight and uncertain along it, so that two views fix it.
 *
 * <p>Errors of different views have one cause in part: a pose that the networks have not seen is unknown to them from all sides. And the
 * more views there are, the better the keypoints alone determine the body. So the covariance of the mean is not that of independent
 * errors but {@code 1 + SLACK (V - 1)} times as large; for one view it is the view's own.
 */
final class ViewFusion {

    /**
     * Chosen on synthetic people with 4 cameras in the motion that body@1.0.0 was trained on: of 0.2, 0.5, 1, 2, 4 and 8 the one with
     * the lowest error of two, three and four views.
     */
    private static final double SLACK = 4;

    /** Of the predicted deviations of the translation, which the networks do not mean in millimetres: metres. */
    private static final double LEAST_TRANSLATION = 0.02;

    private final Skeleton skeleton;
    private final List<CalibratedCamera> cameras;
    private final FitBatch guesses;
    private final double inflation;

    /**
     * @param cameras V
     * @param guesses of one person, a row a view
     */
    ViewFusion(Skeleton skeleton, List<CalibratedCamera> cameras, FitBatch guesses) {
        this.skeleton = skeleton;
        this.cameras = cameras;
        this.guesses = guesses;
        this.inflation = 1 + SLACK * (cameras.size() - 1);
    }

    /** The prior of all views together. */
    BodyPrior prior() {
        int joints = guesses.joints();
        int shapes = guesses.shapes();
        double[] deviations = new double[3 * (joints - 1) + shapes];
        float[] rotations = new float[9 * joints];
        RobustMean.Mean root = RobustMean.ofTurnsAboutOuterAxes(roots());
        put(root.value(), rotations, 0);
        for (int j = 1; j < joints; j++) {
            RobustMean.Mean mean = RobustMean.ofTurnsAboutOwnAxes(turns(j));
            put(mean.value(), rotations, 9 * j);
            for (int i = 0; i < 3; i++) {
                deviations[3 * (j - 1) + i] = Math.sqrt(inflation / mean.precision()[4 * i]);
            }
        }
        float[] betas = new float[shapes];
        for (int s = 0; s < shapes; s += 3) {
            // Three at a time, as vectors: a shape that is out of line in one is not to be trusted in the next.
            RobustMean.Mean mean = RobustMean.ofVectors(shapes(s));
            for (int i = 0; i < 3 && s + i < shapes; i++) {
                betas[s + i] = (float) mean.value()[i];
                deviations[3 * (joints - 1) + s + i] = Math.sqrt(inflation / mean.precision()[4 * i]);
            }
        }
        RobustMean.Mean pelvis = RobustMean.ofVectors(pelves());
        float[] rest = skeleton.rest(0, betas);
        float[] translation = new float[3];
        for (int i = 0; i < 3; i++) {
            translation[i] = (float) (pelvis.value()[i] - rest[i]);
        }
        return new BodyPrior(
                rotations,
                betas,
                translation,
                RobustMean.covarianceFactor(root.precision(), inflation),
                deviations,
                RobustMean.covarianceFactor(pelvis.precision(), inflation));
    }

    /**
     * The estimate of one view as variables of a prior: a start of its own. The translation stays the prior's.
     *
     * @return {@code [n]}
     */
    double[] start(int view, BodyPrior prior) {
        int joints = guesses.joints();
        int shapes = guesses.shapes();
        double[] u = new double[prior.variables()];
        double[] root = Rotations.axisAngle(Rotations.multiply(
                Rotations.multiply(RobustMean.transposed(cameras.get(view).rotation()), rotation(view, 0)),
                RobustMean.transposed(matrix(prior.rotations(), 0))));
        forwardSubstitution(prior.rootFactor(), root, u);
        for (int j = 1; j < joints; j++) {
            double[] turn = Rotations.axisAngle(
                    Rotations.multiply(RobustMean.transposed(matrix(prior.rotations(), 9 * j)), rotation(view, j)));
            for (int i = 0; i < 3; i++) {
                u[3 * j + i] = turn[i] / prior.deviations()[3 * (j - 1) + i];
            }
        }
        for (int s = 0; s < shapes; s++) {
            double change = guesses.betas()[view * shapes + s] - prior.betas()[s];
            u[3 * joints + s] = change / prior.deviations()[3 * (joints - 1) + s];
        }
        return u;
    }

    /** Solves {@code L x = b} for a lower triangular L, {@code [3, 3]}. */
    private static void forwardSubstitution(double[] factor, double[] b, double[] x) {
        for (int i = 0; i < 3; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[3 * i + k] * x[k];
            }
            x[i] = sum / factor[4 * i];
        }
    }

    private List<RobustMean.Estimate> roots() {
        List<RobustMean.Estimate> roots = new ArrayList<>();
        for (int v = 0; v < cameras.size(); v++) {
            double[] toWorld = RobustMean.transposed(cameras.get(v).rotation());
            double[] precision = new double[9];
            for (int i = 0; i < 3; i++) {
                precision[4 * i] = 1 / square(scale(v, i));
            }
            roots.add(new RobustMean.Estimate(Rotations.multiply(toWorld, rotation(v, 0)), turned(toWorld, precision)));
        }
        return roots;
    }

    private List<RobustMean.Estimate> turns(int joint) {
        List<RobustMean.Estimate> turns = new ArrayList<>();
        for (int v = 0; v < cameras.size(); v++) {
            double[] precision = new double[9];
            for (int i = 0; i < 3; i++) {
                precision[4 * i] = 1 / square(scale(v, 3 * joint + i));
            }
            turns.add(new RobustMean.Estimate(rotation(v, joint), precision));
        }
        return turns;
    }

    private List<RobustMean.Estimate> shapes(int from) {
        int shapes = guesses.shapes();
        List<RobustMean.Estimate> result = new ArrayList<>();
        for (int v = 0; v < cameras.size(); v++) {
            double[] value = new double[3];
            double[] precision = {1, 0, 0, 0, 1, 0, 0, 0, 1};
            for (int i = 0; i < 3 && from + i < shapes; i++) {
                value[i] = guesses.betas()[v * shapes + from + i];
                precision[4 * i] = 1 / square(scale(v, 3 * guesses.joints() + from + i));
            }
            result.add(new RobustMean.Estimate(value, precision));
        }
        return result;
    }

    /** The pelvis in the world, as each view has it. */
    private List<RobustMean.Estimate> pelves() {
        List<RobustMean.Estimate> pelves = new ArrayList<>();
        int camera = 3 * guesses.joints() + guesses.shapes();
        for (int v = 0; v < cameras.size(); v++) {
            float[] rest = skeleton.rest(
                    0, Arrays.copyOfRange(guesses.betas(), v * guesses.shapes(), (v + 1) * guesses.shapes()));
            double[] translation = new double[3];
            double[] place = new double[3];
            for (int i = 0; i < 3; i++) {
                translation[i] = guesses.translations()[3 * v + i];
                place[i] = rest[i] + translation[i];
            }
            double sideways = translation[2] * guesses.observations().boxes()[3 * v + 2];
            double[] covariance = new double[9];
            for (int i = 0; i < 3; i++) {
                covariance[4 * i] = square(i < 2 ? sideways * scale(v, camera + i) : 0) + square(LEAST_TRANSLATION);
                for (int k = 0; k < 3; k++) {
                    covariance[3 * i + k] += translation[i] * translation[k] * square(scale(v, camera + 2));
                }
            }
            double[] toWorld = RobustMean.transposed(cameras.get(v).rotation());
            pelves.add(new RobustMean.Estimate(
                    cameras.get(v).toWorld(place), turned(toWorld, RobustMean.inverse(covariance))));
        }
        return pelves;
    }

    private double scale(int view, int variable) {
        return guesses.scales()[view * guesses.variables() + variable];
    }

    private double[] rotation(int view, int joint) {
        return matrix(guesses.rotations(), 9 * (view * guesses.joints() + joint));
    }

    /** {@code R M R'}. */
    private static double[] turned(double[] rotation, double[] matrix) {
        return Rotations.multiply(Rotations.multiply(rotation, matrix), RobustMean.transposed(rotation));
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] matrix(float[] values, int from) {
        double[] matrix = new double[9];
        for (int i = 0; i < 9; i++) {
            matrix[i] = values[from + i];
        }
        return matrix;
    }

    private static void put(double[] matrix, float[] values, int to) {
        for (int i = 0; i < 9; i++) {
            values[to + i] = (float) matrix[i];
        }
    }
}

package dev.secant.fit.views;

import dev.secant.body.kinematics.Rotations;
import java.util.List;
import org.ejml.data.DMatrix3x3;
import org.ejml.dense.fixed.CommonOps_DDF3;

/**
 * The mean of several estimates of a vector or a rotation whose deviations are known, by Student's t-distribution with 4 degrees of
 * freedom, which the refiner's deviations are trained for: an estimate that is many deviations from the others counts little.
 * Iteratively reweighted least squares; rotations on the manifold of rotations (Moakher, "Means and averaging in the group of
 * rotations", 2002).
 */
final class RobustMean {

    /** Of the t-distribution; the refiner's likelihood has as many. */
    private static final double FREEDOM = 4;

    private static final int ITERATIONS = 20;

    /** Of the step, radians or metres. */
    private static final double TOLERANCE = 1e-9;

    /**
     * One estimate.
     *
     * @param value a vector {@code [3]}, or a rotation by rows {@code [3, 3]}
     * @param precision inverse covariance of its error, {@code [3, 3]}
     */
    record Estimate(double[] value, double[] precision) {}

    /**
     * A mean.
     *
     * @param value as the estimates'
     * @param precision the sum of the estimates', each weighted, {@code [3, 3]}
     */
    record Mean(double[] value, double[] precision) {}

    /** How far and where to: what makes a vector or a rotation of an estimate. */
    private interface Space {

        /** From {@code value} to {@code estimate}, in the coordinates of the precision. */
        double[] difference(double[] value, double[] estimate);

        double[] moved(double[] value, double[] step);
    }

    private enum Vectors implements Space {
        INSTANCE;

        @Override
        public double[] difference(double[] value, double[] estimate) {
            return new double[] {estimate[0] - value[0], estimate[1] - value[1], estimate[2] - value[2]};
        }

        @Override
        public double[] moved(double[] value, double[] step) {
            return new double[] {value[0] + step[0], value[1] + step[1], value[2] + step[2]};
        }
    }

    /** @param own whether errors are turns about the rotation's own axes rather than about the axes of the space around it */
    private record Turns(boolean own) implements Space {

        @Override
        public double[] difference(double[] value, double[] estimate) {
            double[] back = transposed(value);
            return Rotations.axisAngle(own ? Rotations.multiply(back, estimate) : Rotations.multiply(estimate, back));
        }

        @Override
        public double[] moved(double[] value, double[] step) {
            double[] turn = Rotations.matrix(step[0], step[1], step[2]);
            return own ? Rotations.multiply(value, turn) : Rotations.multiply(turn, value);
        }
    }

    private RobustMean() {}

    /** Of vectors. */
    static Mean ofVectors(List<Estimate> estimates) {
        return of(estimates, Vectors.INSTANCE);
    }

    /** Of rotations whose errors are turns about their own axes. */
    static Mean ofTurnsAboutOwnAxes(List<Estimate> estimates) {
        return of(estimates, new Turns(true));
    }

    /** Of rotations whose errors are turns about the axes of the space around them. */
    static Mean ofTurnsAboutOuterAxes(List<Estimate> estimates) {
        return of(estimates, new Turns(false));
    }

    private static Mean of(List<Estimate> estimates, Space space) {
        double[] value = median(estimates, space);
        DMatrix3x3 precision = new DMatrix3x3();
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            precision = new DMatrix3x3();
            double[] pull = new double[3];
            for (Estimate estimate : estimates) {
                double[] d = space.difference(value, estimate.value());
                double[] weighted = product(estimate.precision(), d);
                double weight = weight(d, weighted);
                for (int i = 0; i < 3; i++) {
                    pull[i] += weight * weighted[i];
                    for (int k = 0; k < 3; k++) {
                        precision.set(i, k, precision.get(i, k) + weight * estimate.precision()[3 * i + k]);
                    }
                }
            }
            DMatrix3x3 inverse = new DMatrix3x3();
            CommonOps_DDF3.invert(precision, inverse);
            double[] step = product(flat(inverse), pull);
            value = space.moved(value, step);
            if (Math.hypot(step[0], Math.hypot(step[1], step[2])) < TOLERANCE) {
                break;
            }
        }
        return new Mean(value, flat(precision));
    }

    /** The estimate that the others are nearest to, where the iteration begins. */
    private static double[] median(List<Estimate> estimates, Space space) {
        double[] best = estimates.get(0).value();
        double least = Double.POSITIVE_INFINITY;
        for (Estimate candidate : estimates) {
            double sum = 0;
            for (Estimate other : estimates) {
                double[] d = space.difference(candidate.value(), other.value());
                double[] weighted = product(other.precision(), d);
                sum += Math.log1p((d[0] * weighted[0] + d[1] * weighted[1] + d[2] * weighted[2]) / FREEDOM);
            }
            if (sum < least) {
                least = sum;
                best = candidate.value();
            }
        }
        return best;
    }

    private static double weight(double[] d, double[] weighted) {
        double squared = d[0] * weighted[0] + d[1] * weighted[1] + d[2] * weighted[2];
        return (FREEDOM + 3) / (FREEDOM + squared);
    }

    /**
     * A lower triangular factor of the covariance of a precision, times a number.
     *
     * @param precision {@code [3, 3]}
     */
    static double[] covarianceFactor(double[] precision, double inflation) {
        DMatrix3x3 covariance = new DMatrix3x3();
        CommonOps_DDF3.invert(matrix(precision), covariance);
        CommonOps_DDF3.scale(inflation, covariance);
        CommonOps_DDF3.cholL(covariance);
        return flat(covariance);
    }

    /** The inverse of a symmetric matrix, {@code [3, 3]}. */
    static double[] inverse(double[] matrix) {
        DMatrix3x3 inverse = new DMatrix3x3();
        CommonOps_DDF3.invert(matrix(matrix), inverse);
        return flat(inverse);
    }

    static double[] transposed(double[] m) {
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    }

    private static double[] product(double[] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                product[i] += matrix[3 * i + k] * vector[k];
            }
        }
        return product;
    }

    private static DMatrix3x3 matrix(double[] m) {
        return new DMatrix3x3(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
    }

    private static double[] flat(DMatrix3x3 m) {
        return new double[] {m.a11, m.a12, m.a13, m.a21, m.a22, m.a23, m.a31, m.a32, m.a33};
    }
}

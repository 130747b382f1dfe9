package dev.secant.minimize.request;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Compares a gradient with differences of values: each coordinate by steps of its own, from a large one to smaller ones, extrapolated to zero
 * (Ridders, Adv. Eng. Software 4, 1982), so that a variable of 1e-4 beside one of 1e3 is no trouble.
 *
 * <p>A difference has an error of its own: what the extrapolation leaves, and the values' noise over the step. A derivative is
 * doubted only beyond that. At a kink, where the slopes to both sides differ however short the step, it must lie between them.
 */
public final class GradientCheck {

    private static final double FIRST_STEP = 0.02;
    private static final double FIRST_STEP_AT_ZERO = 0.01;
    private static final int LEVELS = 16;
    private static final double GOOD = 1e-9;
    private static final double SAFETY = 10;
    private static final double DOUBTFUL = 1e-6;

    private final Function<double[][], double[]> function;
    private final double[] x;
    private final double value;
    private final double noise;

    /**
     * @param function values at points
     * @param x where the gradient was taken
     * @param value there
     * @param noise what rounding does to values
     */
    public GradientCheck(Function<double[][], double[]> function, double[] x, double value, double noise) {
        this.function = function;
        this.x = x;
        this.value = value;
        this.noise = noise;
    }

    /**
     * The largest part of a derivative that its difference's error does not explain, relative to the larger of the two; at most
     * 1e-6 where all agree.
     *
     * @param gradient the derivatives by the first variables
     */
    public double largestError(double[] gradient) {
        Coordinate[] coordinates = new Coordinate[gradient.length];
        Arrays.setAll(coordinates, i -> new Coordinate(gradient[i], x[i]));
        for (int level = 0; level < LEVELS && !Arrays.stream(coordinates).allMatch(Coordinate::isGood); level++) {
            double[] values = function.apply(around(coordinates));
            for (int i = 0; i < coordinates.length; i++) {
                coordinates[i].add(values[2 * i], values[2 * i + 1]);
            }
        }
        return Arrays.stream(coordinates)
                .mapToDouble(Coordinate::unexplained)
                .max()
                .orElse(0);
    }

    /** Whether such an error is none. */
    public static boolean isNone(double largestError) {
        return largestError <= DOUBTFUL;
    }

    private double[][] around(Coordinate[] coordinates) {
        double[][] around = new double[2 * coordinates.length][];
        for (int i = 0; i < coordinates.length; i++) {
            around[2 * i] = x.clone();
            around[2 * i + 1] = x.clone();
            around[2 * i][i] += coordinates[i].step;
            around[2 * i + 1][i] -= coordinates[i].step;
        }
        return around;
    }

    /** One variable: its differences so far, extrapolated. */
    private final class Coordinate {

        private final double derivative;
        private final double at;
        private double step;
        private double[] tableau = {};
        private double best = Double.NaN;
        private double error = Double.POSITIVE_INFINITY;
        private double gap = Double.NaN;
        private boolean kink;
        private double lower;
        private double upper;

        Coordinate(double derivative, double at) {
            this.derivative = derivative;
            this.at = at;
            this.step = exact(at == 0 ? FIRST_STEP_AT_ZERO : FIRST_STEP * Math.abs(at));
        }

        /** A step that x + h - x is. */
        private double exact(double h) {
            return at + h - at;
        }

        boolean isGood() {
            return error <= GOOD * Math.abs(best) || step == 0;
        }

        void add(double above, double below) {
            double h = step;
            step = exact(h / 2);
            if (!Double.isFinite(above) || !Double.isFinite(below)) {
                // Beyond where the function is defined.
                tableau = new double[0];
                return;
            }
            if (isGood() || h == 0) {
                return;
            }
            extrapolate((above - below) / (2 * h), noise / h);
            lookForAKink((above - value) / h, (value - below) / h, noise / h);
        }

        /** The next row of Neville's scheme in h^2, steps halved. */
        private void extrapolate(double difference, double rounding) {
            double[] row = new double[tableau.length + 1];
            row[0] = difference;
            double factor = 1;
            for (int k = 1; k < row.length; k++) {
                factor *= 4;
                row[k] = row[k - 1] + (row[k - 1] - tableau[k - 1]) / (factor - 1);
                double off = Math.max(Math.abs(row[k] - row[k - 1]), Math.abs(row[k] - tableau[k - 1])) + 2 * rounding;
                if (off < error) {
                    error = off;
                    best = row[k];
                }
            }
            tableau = row;
        }

        /** Where the function is smooth, the slopes to both sides come together as the step shrinks. */
        private void lookForAKink(double right, double left, double rounding) {
            double now = Math.abs(right - left);
            kink = now > 0.9 * gap && now > SAFETY * rounding;
            gap = now;
            lower = Math.min(left, right);
            upper = Math.max(left, right);
        }

        double unexplained() {
            double larger = Math.max(Math.abs(derivative), Math.abs(best));
            if (Double.isNaN(best) || larger == 0 || (kink && derivative >= lower && derivative <= upper)) {
                return 0;
            }
            return Math.max(0, Math.abs(derivative - best) - SAFETY * error) / larger;
        }
    }
}

package dev.secant.body.io;

import dev.secant.body.BodyModel;
import dev.secant.linalg.Cholesky;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A joint regressor for a body that states its joints outright: weights of the vertices around each joint that sum to 1 and
 * give the joint and each of its shape directions, the least-squares smallest such weights (some are negative).
 */
final class RegressorFit {

    /** Vertices around a joint that may take part. */
    private static final int RING = 400;

    /** Against rows that say nearly the same: far below the micrometre the body is stored to. */
    private static final double RIDGE = 1e-10;

    private final BodyModel model;
    private final int constraints;

    private RegressorFit(BodyModel model) {
        this.model = model;
        this.constraints = 4 + 3 * model.shapeCount();
    }

    /** {@code [J, V]}. */
    static float[] of(BodyModel model) {
        RegressorFit fit = new RegressorFit(model);
        float[] regressor = new float[model.jointCount() * model.vertexCount()];
        for (int j = 0; j < model.jointCount(); j++) {
            int[] ring = fit.nearest(j);
            double[] weights = fit.weights(j, ring);
            for (int i = 0; i < ring.length; i++) {
                regressor[j * model.vertexCount() + ring[i]] = (float) weights[i];
            }
        }
        return regressor;
    }

    private int[] nearest(int joint) {
        return IntStream.range(0, model.vertexCount())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(v -> squaredDistance(joint, v))
                        .thenComparing(v -> v))
                .limit(RING)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double squaredDistance(int joint, int vertex) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double d = model.template()[3 * vertex + c] - model.skeleton().joints()[3 * joint + c];
            sum += d * d;
        }
        return sum;
    }

    /** A^T (A A^T)^-1 b: the smallest weights that satisfy every row of A w = b. */
    private double[] weights(int joint, int[] ring) {
        double[][] rows = new double[constraints][ring.length];
        double[] wanted = new double[constraints];
        for (int i = 0; i < ring.length; i++) {
            rows[0][i] = 1;
        }
        wanted[0] = 1;
        for (int c = 0; c < 3; c++) {
            // About the joint, so that the numbers are of the size of the ring.
            double centre = model.skeleton().joints()[3 * joint + c];
            for (int i = 0; i < ring.length; i++) {
                rows[1 + c][i] = model.template()[3 * ring[i] + c] - centre;
            }
            for (int s = 0; s < model.shapeCount(); s++) {
                int row = 4 + c * model.shapeCount() + s;
                double shift = model.skeleton().shapeDirections()[(3 * joint + c) * model.shapeCount() + s];
                for (int i = 0; i < ring.length; i++) {
                    rows[row][i] = model.shapeDirections()[(3 * ring[i] + c) * model.shapeCount() + s] - shift;
                }
            }
        }
        double[] multipliers = solve(rows, wanted);
        double[] weights = new double[ring.length];
        for (int r = 0; r < constraints; r++) {
            for (int i = 0; i < ring.length; i++) {
                weights[i] += multipliers[r] * rows[r][i];
            }
        }
        return weights;
    }

    /** (A A^T + ridge)^-1 b. */
    private static double[] solve(double[][] rows, double[] wanted) {
        int n = rows.length;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < rows[i].length; k++) {
                    gram[i][j] += rows[i][k] * rows[j][k];
                }
            }
        }
        // Rows that say the same may leave less than rounding of the first ridge.
        double ridge = RIDGE;
        Optional<Cholesky> factor = Cholesky.of(gram, -ridge);
        while (factor.isEmpty() && ridge < 1) {
            ridge *= 10;
            factor = Cholesky.of(gram, -ridge);
        }
        return factor.orElseThrow(
                        () -> new IllegalArgumentException("The body's numbers around a joint are not finite."))
                .solve(wanted);
    }
}

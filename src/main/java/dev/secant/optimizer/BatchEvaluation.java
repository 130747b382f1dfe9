package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Points of some items with their values and gradients, and the scalars that methods decide by.
 *
 * @param x the points, {@code [k, n]}
 * @param step the points less the items' current iterates, as the arithmetic rounded them, {@code [k, n]}
 * @param gradient {@code [k, n]}
 * @param values f
 * @param gradientNorms {@code ||g||}
 * @param slopes {@code g . step}
 * @param stepLengths {@code ||step||}
 */
public record BatchEvaluation(
        NDArray x,
        NDArray step,
        NDArray gradient,
        double[] values,
        double[] gradientNorms,
        double[] slopes,
        double[] stepLengths) {

    /** Reads the scalars of evaluated points back, in two transfers for the whole batch. */
    public static BatchEvaluation of(NDArray x, NDArray step, ValueAndGradient evaluated) {
        double[] values = doubles(evaluated.values());
        // In double precision, so that the norms of float32 vectors neither overflow nor vanish.
        NDArray pair =
                NDArrays.stack(new NDList(evaluated.gradient(), step), 1).toType(DataType.FLOAT64, false); // [k, 2, n]
        double[] dots = pair.batchMatMul(pair.swapAxes(1, 2)).toDoubleArray(); // [k, 2, 2]
        int size = values.length;
        double[] gradientNorms = new double[size];
        double[] slopes = new double[size];
        double[] lengths = new double[size];
        for (int i = 0; i < size; i++) {
            gradientNorms[i] = Math.sqrt(dots[4 * i]);
            slopes[i] = dots[4 * i + 1];
            lengths[i] = Math.sqrt(dots[4 * i + 3]);
        }
        return new BatchEvaluation(x, step, evaluated.gradient(), values, gradientNorms, slopes, lengths);
    }

    /**
     * Rows chosen among several evaluations.
     *
     * @param parts the evaluations
     * @param rows for each chosen row its place in the parts laid end to end
     */
    public static BatchEvaluation choose(List<BatchEvaluation> parts, int[] rows) {
        BatchEvaluation first = parts.get(0);
        if (parts.size() == 1 && isIdentity(rows, first.size())) {
            return first;
        }
        return new BatchEvaluation(
                RowSelection.gather(
                        concat(parts.stream().map(BatchEvaluation::x).toList()), rows),
                RowSelection.gather(
                        concat(parts.stream().map(BatchEvaluation::step).toList()), rows),
                RowSelection.gather(
                        concat(parts.stream().map(BatchEvaluation::gradient).toList()), rows),
                chooseNumbers(parts.stream().map(BatchEvaluation::values).toList(), rows),
                chooseNumbers(parts.stream().map(BatchEvaluation::gradientNorms).toList(), rows),
                chooseNumbers(parts.stream().map(BatchEvaluation::slopes).toList(), rows),
                chooseNumbers(parts.stream().map(BatchEvaluation::stepLengths).toList(), rows));
    }

    int size() {
        return values.length;
    }

    /** Whether the value and every component of the gradient of a row are finite. */
    public boolean isFinite(int row) {
        return Double.isFinite(values[row]) && Double.isFinite(gradientNorms[row]);
    }

    /** Some rows of this evaluation. */
    public BatchEvaluation of(RowSelection rows) {
        return rows.isAll() ? this : choose(List.of(this), rows.indices());
    }

    /** The numbers of an array, whatever its type. */
    public static double[] doubles(NDArray array) {
        return HostArrays.doubles(array);
    }

    private static NDArray concat(List<NDArray> arrays) {
        return arrays.size() == 1 ? arrays.get(0) : NDArrays.concat(new NDList(arrays), 0);
    }

    private static double[] chooseNumbers(List<double[]> parts, int[] rows) {
        double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
        return IntStream.of(rows).mapToDouble(row -> all[row]).toArray();
    }

    private static boolean isIdentity(int[] rows, int size) {
        return rows.length == size && IntStream.range(0, size).allMatch(row -> rows[row] == row);
    }
}

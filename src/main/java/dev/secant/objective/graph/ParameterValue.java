package dev.secant.objective.graph;

import java.util.Arrays;

/**
 * The numbers of a parameter, for all items of a batch or for each.
 *
 * @param type scalar, vector or matrix
 * @param numbers row by row; for parameters per item, one item after the other
 * @param perItem whether each item of the batch has its own
 */
public record ParameterValue(TensorType type, double[] numbers, boolean perItem) {

    public ParameterValue {
        if (numbers.length % type.elements() != 0 || (!perItem && numbers.length != type.elements())) {
            throw new IllegalArgumentException(
                    "The %d numbers of the parameter must fill %s.".formatted(numbers.length, type));
        }
    }

    /** The numbers of one item; not to be modified. */
    public double[] of(int item) {
        int each = (int) type.elements();
        return perItem ? Arrays.copyOfRange(numbers, item * each, (item + 1) * each) : numbers;
    }

    /** One number for all. */
    public static ParameterValue scalar(double value) {
        return new ParameterValue(TensorType.SCALAR, new double[] {value}, false);
    }

    /** One vector for all. */
    public static ParameterValue vector(double... numbers) {
        return new ParameterValue(TensorType.vector(numbers.length), numbers.clone(), false);
    }

    /** One matrix for all. */
    public static ParameterValue matrix(double[][] rows) {
        double[] numbers = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return new ParameterValue(TensorType.matrix(rows.length, rows[0].length), numbers, false);
    }
}

package dev.secant.objective.graph;

import java.util.List;

/**
 * What an expression is, for one point: numbers or conditions, in a scalar, a vector or a matrix.
 *
 * @param logical conditions rather than numbers
 * @param dimensions none for a scalar, {@code [k]} for a vector, {@code [rows, columns]} for a matrix
 */
public record TensorType(boolean logical, List<Integer> dimensions) {

    /** One number. */
    public static final TensorType SCALAR = new TensorType(false, List.of());

    public TensorType {
        dimensions = List.copyOf(dimensions);
    }

    /** A vector of numbers. */
    public static TensorType vector(int length) {
        return new TensorType(false, List.of(length));
    }

    /** A matrix of numbers. */
    public static TensorType matrix(int rows, int columns) {
        return new TensorType(false, List.of(rows, columns));
    }

    /** 0, 1 or 2. */
    public int rank() {
        return dimensions.size();
    }

    /** How many numbers it holds. */
    public long elements() {
        long elements = 1;
        for (int dimension : dimensions) {
            elements *= dimension;
        }
        return elements;
    }

    public boolean isScalar() {
        return dimensions.isEmpty();
    }

    boolean isVector() {
        return dimensions.size() == 1;
    }

    public boolean isMatrix() {
        return dimensions.size() == 2;
    }

    public int length() {
        return dimensions.get(0);
    }

    public int rows() {
        return dimensions.get(0);
    }

    public int columns() {
        return dimensions.get(1);
    }

    TensorType as(boolean nowLogical) {
        return new TensorType(nowLogical, dimensions);
    }

    /** {@code a scalar}, {@code a vector of 3}, {@code a 2 x 3 matrix}; conditions say so. */
    @Override
    public String toString() {
        String shape =
                switch (rank()) {
                    case 0 -> "scalar";
                    case 1 -> "vector of %d".formatted(length());
                    default -> "%d x %d matrix".formatted(rows(), columns());
                };
        return "a " + (logical ? "condition (%s)".formatted(shape) : shape);
    }
}

package dev.secant.fit.calibration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file stores under names, as one of its formats has it: numbers, texts and matrices.
 *
 * @param file where it is from, for messages
 * @param values a matrix is {@code double[][]}; others are {@link Number}, {@link String}, {@link java.util.List} or a further map
 */
record StoredNode(Path file, Map<String, Object> values) {

    /** The first of some names that there is. */
    Optional<String> firstOf(String... names) {
        for (String name : names) {
            if (values.containsKey(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The numbers of a matrix row by row, or of a list, or one number. */
    double[] numbers(String name) {
        Object value = values.get(name);
        if (value instanceof double[][] matrix) {
            return java.util.Arrays.stream(matrix)
                    .flatMapToDouble(java.util.Arrays::stream)
                    .toArray();
        }
        if (value instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        if (value instanceof Iterable<?> list) {
            return flat(list, name);
        }
        throw wrong(name, "must be numbers");
    }

    private double[] flat(Iterable<?> list, String name) {
        java.util.stream.DoubleStream.Builder numbers = java.util.stream.DoubleStream.builder();
        add(list, numbers, name);
        return numbers.build().toArray();
    }

    private void add(Iterable<?> list, java.util.stream.DoubleStream.Builder numbers, String name) {
        for (Object element : list) {
            if (element instanceof Number number) {
                numbers.add(number.doubleValue());
            } else if (element instanceof Iterable<?> inner) {
                add(inner, numbers, name);
            } else {
                throw wrong(name, "must be numbers");
            }
        }
    }

    /** As {@link #numbers}, but so many. */
    double[] numbers(String name, int count) {
        double[] numbers = numbers(name);
        if (numbers.length != count) {
            throw wrong(name, "has %d numbers, but %d are needed".formatted(numbers.length, count));
        }
        return numbers;
    }

    /** One number, if it is there. */
    Optional<Double> number(String name) {
        @Nullable Object value = values.get(name);
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    CalibrationException wrong(String name, String what) {
        return new CalibrationException("The value %s of the calibration file (%s) %s.".formatted(name, file, what));
    }
}

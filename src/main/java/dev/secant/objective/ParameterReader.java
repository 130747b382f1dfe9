package dev.secant.objective;

import dev.secant.objective.graph.ParameterValue;
import java.util.List;

/** Reads what a JSON or YAML parser made of a parameter: a number, a list of numbers, or a list of equal lists. */
public final class ParameterReader {

    private ParameterReader() {}

    /**
     * Reads one parameter.
     *
     * @throws MalformedParameterException if it has no shape or is not finite
     */
    public static ParameterValue read(Object json) {
        if (json instanceof Number number) {
            return ParameterValue.scalar(number(number, ""));
        }
        if (!(json instanceof List<?> list) || list.isEmpty()) {
            throw new MalformedParameterException("", "It must be a number, a list of numbers or a list of rows.");
        }
        if (!(list.get(0) instanceof List<?>)) {
            return ParameterValue.vector(row(list, ""));
        }
        double[][] rows = new double[list.size()][];
        for (int i = 0; i < rows.length; i++) {
            if (!(list.get(i) instanceof List<?> row) || row.isEmpty()) {
                throw new MalformedParameterException("/" + i, "It must be a list of numbers, as the rows before it.");
            }
            rows[i] = row(row, "/" + i);
            if (rows[i].length != rows[0].length) {
                throw new MalformedParameterException(
                        "/" + i, "It has %d numbers; the first row has %d.".formatted(rows[i].length, rows[0].length));
            }
        }
        return ParameterValue.matrix(rows);
    }

    private static double[] row(List<?> list, String pointer) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i), pointer + "/" + i);
        }
        return numbers;
    }

    private static double number(Object json, String pointer) {
        if (!(json instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw new MalformedParameterException(pointer, "It must be a finite number.");
        }
        return number.doubleValue();
    }

    /** A parameter that is not one, with the JSON Pointer from the parameter to the mistake. */
    public static final class MalformedParameterException extends RuntimeException {
        private final String pointer;

        MalformedParameterException(String pointer, String message) {
            super(message);
            this.pointer = pointer;
        }

        /** From the parameter, for example {@code /1/2}. */
        public String pointer() {
            return pointer;
        }
    }
}

package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import java.util.Arrays;

/** Named arrays of a file, whatever its container. */
interface ArraySource {

    /** What messages call the file. */
    String source();

    /** Whether there is such an array. */
    boolean has(String key);

    /**
     * An array of any shape.
     *
     * @throws BodyFormatException if it is missing or can't be read
     */
    NpyArray get(String key);

    /**
     * An array of the shape expected.
     *
     * @param shape expected sizes; -1 for any
     * @throws BodyFormatException if it is missing or of another shape
     */
    default NpyArray get(String key, int... shape) {
        NpyArray array = get(key);
        int[] actual = array.shape();
        boolean fits = actual.length == shape.length;
        for (int d = 0; fits && d < shape.length; d++) {
            fits = shape[d] == -1 || shape[d] == actual[d];
        }
        if (!fits) {
            throw new BodyFormatException("The array '%s' of %s has the shape %s, expected %s (-1: any)."
                    .formatted(key, source(), Arrays.toString(actual), Arrays.toString(shape)));
        }
        return array;
    }

    /** A joint regressor, {@code [J, V]}, dense here. */
    default JointRegressor regressor(String key, int joints, int vertices) {
        return JointRegressor.of(get(key, joints, vertices).doubles(), joints);
    }
}

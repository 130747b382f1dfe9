package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.Tensors;
import java.util.random.RandomGenerator;

/**
 * B problems with starts and known minima.
 *
 * @param objective the functions
 * @param start {@code [B, n]}
 * @param minima the least value of each function
 */
public record ProblemSet(Objective objective, NDArray start, double[] minima) {

    /** Starts with independent coordinates, uniform in {@code [-bound, bound]}. */
    static NDArray uniformStart(
            int items, int dimension, double bound, DataType type, RandomGenerator random, NDManager manager) {
        double[] numbers =
                random.doubles((long) items * dimension, -bound, bound).toArray();
        return arrayOf(numbers, type, manager, items, dimension);
    }

    /** The numbers of an array, whatever its floating type. */
    public static double[] doubles(NDArray array) {
        try (NDArray converted = array.toType(DataType.FLOAT64, true)) {
            return converted.toDoubleArray();
        }
    }

    /** Numbers of the JVM as an array of a floating type. */
    static NDArray arrayOf(double[] numbers, DataType type, NDManager manager, long... shape) {
        if (type == DataType.FLOAT64) {
            return Tensors.of(manager, numbers, new Shape(shape));
        }
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return Tensors.of(manager, floats, new Shape(shape));
    }
}

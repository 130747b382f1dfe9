package dev.secant.optimizer.policy;

import dev.secant.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Map;

/**
 * A network of one hidden layer on the JVM, for vectors of a few numbers: {@code out = W2 s(W1 in + b1) + b2} with the softsign
 * {@code s(a) = a / (1 + |a|)}.
 *
 * @param hiddenWeight W1, {@code [hidden * in]}, row by row
 * @param hiddenBias b1, {@code [hidden]}
 * @param outWeight W2, {@code [out * hidden]}, row by row
 * @param outBias b2, {@code [out]}
 */
public record DenseNetwork(double[] hiddenWeight, double[] hiddenBias, double[] outWeight, double[] outBias) {

    /** The tensors {@code PREFIX.hidden.weight}, {@code .hidden.bias}, {@code .out.weight} and {@code .out.bias}. */
    static DenseNetwork of(Map<String, FloatTensor> tensors, String prefix) {
        return new DenseNetwork(
                doubles(tensors, prefix + ".hidden.weight"),
                doubles(tensors, prefix + ".hidden.bias"),
                doubles(tensors, prefix + ".out.weight"),
                doubles(tensors, prefix + ".out.bias"));
    }

    /** A tensor's numbers. */
    static double[] doubles(Map<String, FloatTensor> tensors, String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The weights lack (%s).".formatted(name));
        }
        float[] floats = tensor.values();
        double[] numbers = new double[floats.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = floats[i];
        }
        return numbers;
    }

    static double softsign(double a) {
        return a / (1 + Math.abs(a));
    }

    /** Whether every output is zero whatever the input is. */
    boolean isZero() {
        return isZero(outWeight) && isZero(outBias);
    }

    private static boolean isZero(double[] numbers) {
        for (double number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Computes the outputs.
     *
     * @param in the inputs
     * @param hidden room for the hidden layer
     * @param out receives the outputs
     */
    public void apply(double[] in, double[] hidden, double[] out) {
        layer(hiddenWeight, hiddenBias, in, hidden);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = softsign(hidden[i]);
        }
        layer(outWeight, outBias, hidden, out);
    }

    /**
     * Computes the outputs of many inputs at once, each to the bit what {@link #apply(double[], double[], double[])} gives; the loops over
     * them are the kind that the JVM makes vector instructions of.
     *
     * @param count how many
     * @param in the inputs, one row an input's component
     * @param hidden room for the hidden layer, one row a unit
     * @param out receives the outputs, one row a component
     */
    public void apply(int count, double[][] in, double[][] hidden, double[][] out) {
        layer(count, hiddenWeight, hiddenBias, in, hidden);
        for (double[] unit : hidden) {
            for (int j = 0; j < count; j++) {
                unit[j] = softsign(unit[j]);
            }
        }
        layer(count, outWeight, outBias, hidden, out);
    }

    private static void layer(int count, double[] weight, double[] bias, double[][] in, double[][] out) {
        for (int i = 0; i < out.length; i++) {
            double[] sums = out[i];
            Arrays.fill(sums, 0, count, bias[i]);
            for (int k = 0; k < in.length; k++) {
                double factor = weight[i * in.length + k];
                double[] numbers = in[k];
                for (int j = 0; j < count; j++) {
                    sums[j] += factor * numbers[j];
                }
            }
        }
    }

    private static void layer(double[] weight, double[] bias, double[] in, double[] out) {
        for (int i = 0; i < out.length; i++) {
            double sum = bias[i];
            for (int k = 0; k < in.length; k++) {
                sum += weight[i * in.length + k] * in[k];
            }
            out[i] = sum;
        }
    }
}

package dev.secant.linalg;

import java.util.Arrays;

/**
 * A linear layer {@code y = x W + b} in float32 on plain arrays, for several inputs side by side: each weight is read once for all of them.
 * An input's result is the same, bit for bit, whoever its neighbours are. Immutable; any number of threads may use it.
 */
public final class DenseLayer {

    private final float[][] rows;
    private final float[] bias;

    /**
     * A layer.
     *
     * @param weight {@code [inputs, outputs]}, row by row; copied
     * @param bias {@code [outputs]}; copied
     */
    public DenseLayer(float[] weight, float[] bias) {
        int outputs = bias.length;
        if (outputs == 0 || weight.length % outputs != 0) {
            throw new IllegalArgumentException(
                    "The weight of %d numbers has no rows of %d outputs.".formatted(weight.length, outputs));
        }
        this.bias = bias.clone();
        this.rows = new float[weight.length / outputs][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(weight, i * outputs, (i + 1) * outputs);
        }
    }

    /** How many numbers go in. */
    public int inputs() {
        return rows.length;
    }

    /** How many numbers come out. */
    public int outputs() {
        return bias.length;
    }

    /** The results of inputs {@code [B][inputs]}: new arrays {@code [B][outputs]}. */
    public float[][] apply(float[][] inputs) {
        float[][] outputs = new float[inputs.length][];
        for (int b = 0; b < inputs.length; b++) {
            outputs[b] = bias.clone();
        }
        addProducts(inputs, outputs);
        return outputs;
    }

    /** Adds {@code x W + b} to sums {@code [B][outputs]}. */
    public void addTo(float[][] inputs, float[][] sums) {
        for (int b = 0; b < inputs.length; b++) {
            FloatRows.add(sums[b], 1, bias);
        }
        addProducts(inputs, sums);
    }

    private void addProducts(float[][] inputs, float[][] sums) {
        int whole = rows.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            float[] row0 = rows[i];
            float[] row1 = rows[i + 1];
            float[] row2 = rows[i + 2];
            float[] row3 = rows[i + 3];
            for (int b = 0; b < inputs.length; b++) {
                float[] x = inputs[b];
                FloatRows.add(sums[b], x[i], row0, x[i + 1], row1, x[i + 2], row2, x[i + 3], row3);
            }
        }
        for (int i = whole; i < rows.length; i++) {
            for (int b = 0; b < inputs.length; b++) {
                FloatRows.add(sums[b], inputs[b][i], rows[i]);
            }
        }
    }
}

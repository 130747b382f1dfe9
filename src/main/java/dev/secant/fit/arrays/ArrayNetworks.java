package dev.secant.fit.arrays;

import dev.secant.fit.FitBatch;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.Observations;
import dev.secant.fit.RefinerNetwork;
import dev.secant.linalg.DenseLayer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Both networks of a fit with their weights on the heap. Several people are evaluated side by side, so that each weight is read once for
 * all of them. Immutable; any number of threads may use it.
 */
public final class ArrayNetworks {

    /** People side by side: their hidden layers, 2 KiB each, stay in a core's second-level cache. */
    private static final int TOGETHER = 64;

    private final InitializerNetwork initializer;
    private final RefinerNetwork refiner;
    private final DenseLayer in;
    private final ResidualBlock[] blocks;
    private final Normalization outNormalization;
    private final DenseLayer out;
    private final DenseLayer[] refine;

    /**
     * What the networks say of people.
     *
     * @param batch the people at their initial estimates, whitened by the predicted deviations
     * @param lambda weight of each variable's prior in the model Hessian, {@code [B][n]}
     * @param omega weight of each slot in the model Hessian, {@code [B][K]}
     */
    public record Estimate(FitBatch batch, float[][] lambda, float[][] omega) {}

    /**
     * The networks.
     *
     * @param weights the arrays by name, as the networks name them, row by row; copied
     */
    public ArrayNetworks(InitializerNetwork initializer, RefinerNetwork refiner, Function<String, float[]> weights) {
        this.initializer = initializer;
        this.refiner = refiner;
        this.in = layer(weights, "in");
        this.blocks = new ResidualBlock[initializer.blocks()];
        for (int block = 0; block < blocks.length; block++) {
            String name = "block" + block;
            blocks[block] = new ResidualBlock(
                    Normalization.of(weights, name + ".norm1"),
                    layer(weights, name + ".linear1"),
                    Normalization.of(weights, name + ".norm2"),
                    layer(weights, name + ".linear2"));
        }
        this.outNormalization = Normalization.of(weights, "out.norm");
        this.out = layer(weights, "out");
        this.refine =
                RefinerNetwork.LAYERS.stream().map(name -> layer(weights, name)).toArray(DenseLayer[]::new);
    }

    private static DenseLayer layer(Function<String, float[]> weights, String name) {
        return new DenseLayer(weights.apply(name + ".weight"), weights.apply(name + ".bias"));
    }

    private record ResidualBlock(Normalization norm1, DenseLayer linear1, Normalization norm2, DenseLayer linear2) {}

    /**
     * What the networks say of people.
     *
     * @param slots the slot of each of the initializer's keypoints
     */
    public Estimate estimate(Observations observations, int[] slots) {
        int size = observations.size();
        float[] input = initializer.input(observations, slots);
        float[][] output = new float[size][];
        float[][] refined = new float[size][];
        for (int from = 0; from < size; from += TOGETHER) {
            int to = Math.min(from + TOGETHER, size);
            float[][] inputs = rows(input, from, to, initializer.inputs());
            float[][] outputs = forward(inputs);
            System.arraycopy(outputs, 0, output, from, outputs.length);
            System.arraycopy(refine(inputs, outputs), 0, refined, from, outputs.length);
        }
        return estimate(observations, output, refined);
    }

    private static float[][] rows(float[] values, int from, int to, int width) {
        float[][] rows = new float[to - from][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, (from + row) * width, (from + row + 1) * width);
        }
        return rows;
    }

    /** The initializer's output, {@code [B][outputs]}. */
    private float[][] forward(float[][] inputs) {
        float[][] hidden = in.apply(inputs);
        for (ResidualBlock block : blocks) {
            float[][] inner = block.linear1.apply(block.norm1.activate(hidden));
            block.linear2.addTo(block.norm2.activate(inner), hidden);
        }
        return out.apply(outNormalization.activate(hidden));
    }

    /** The refiner's raw output, {@code [B][2 n + K]}. */
    private float[][] refine(float[][] inputs, float[][] outputs) {
        float[][] hidden = new float[inputs.length][];
        for (int b = 0; b < hidden.length; b++) {
            hidden[b] = Arrays.copyOf(inputs[b], refine[0].inputs());
            System.arraycopy(outputs[b], 0, hidden[b], inputs[b].length, outputs[b].length);
        }
        for (int layer = 0; layer < refine.length; layer++) {
            hidden = refine[layer].apply(hidden);
            for (int b = 0; layer + 1 < refine.length && b < hidden.length; b++) {
                Normalization.rectify(hidden[b]);
            }
        }
        return hidden;
    }

    private Estimate estimate(Observations observations, float[][] output, float[][] refined) {
        int size = observations.size();
        GuessDecoder decoder = new GuessDecoder(initializer, observations);
        int n = refiner.variables();
        float[] deviations = new float[size * n];
        float[][] lambda = new float[size][n];
        float[][] omega = new float[size][refiner.keypoints()];
        for (int b = 0; b < size; b++) {
            decoder.decode(b, output[b]);
            for (int i = 0; i < n; i++) {
                deviations[b * n + i] = refiner.deviation(refined[b][i]);
                lambda[b][i] = refiner.weight(refined[b][n + i]);
            }
            for (int k = 0; k < omega[b].length; k++) {
                omega[b][k] = refiner.weight(refined[b][2 * n + k]);
            }
        }
        return new Estimate(decoder.batch(deviations), lambda, omega);
    }
}

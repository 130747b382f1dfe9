package dev.secant.optimizer.lsr1;

import ai.djl.ndarray.NDArray;
import dev.secant.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An {@link ElementwiseNetwork} for inference: the normalisation by running statistics is folded into the linear layer before it, so that a
 * hidden layer is two operations.
 *
 * @param network the network
 * @param slopes of the PReLUs, by the name of the linear layer before each
 */
record FoldedNetwork(ElementwiseNetwork network, Map<String, Float> slopes) {

    FoldedNetwork {
        slopes = Map.copyOf(slopes);
    }

    /** The network with the slopes of its weights. */
    static FoldedNetwork of(ElementwiseNetwork network, Map<String, FloatTensor> weights) {
        Map<String, Float> slopes = new LinkedHashMap<>();
        ElementwiseNetwork.hiddenLayers()
                .forEach(layer -> slopes.put(layer.linear(), values(network, weights, layer.slope())[0]));
        return new FoldedNetwork(network, slopes);
    }

    /** The folded weights and biases by name. */
    Map<String, FloatTensor> fold(Map<String, FloatTensor> weights) {
        Map<String, FloatTensor> folded = new LinkedHashMap<>();
        for (ElementwiseNetwork.HiddenLayer layer : ElementwiseNetwork.hiddenLayers()) {
            float[] weight =
                    values(network, weights, layer.linear() + ".weight").clone();
            float[] bias = values(network, weights, layer.linear() + ".bias").clone();
            float[] scale = values(network, weights, layer.norm() + ".weight");
            float[] shift = values(network, weights, layer.norm() + ".bias");
            float[] mean = values(network, weights, layer.norm() + ".running_mean");
            float[] variance = values(network, weights, layer.norm() + ".running_var");
            int in = weight.length / bias.length;
            for (int i = 0; i < bias.length; i++) {
                double factor = scale[i] / Math.sqrt((double) variance[i] + ElementwiseNetwork.NORM_EPSILON);
                for (int j = 0; j < in; j++) {
                    weight[i * in + j] = (float) (factor * weight[i * in + j]);
                }
                bias[i] = (float) (factor * ((double) bias[i] - mean[i]) + shift[i]);
            }
            put(folded, layer.linear(), weight, bias);
        }
        put(
                folded,
                ElementwiseNetwork.OUT,
                values(network, weights, ElementwiseNetwork.OUT + ".weight"),
                values(network, weights, ElementwiseNetwork.OUT + ".bias"));
        return folded;
    }

    private void put(Map<String, FloatTensor> folded, String layer, float[] weight, float[] bias) {
        folded.put(
                at(layer, ".weight"), new FloatTensor(new long[] {bias.length, weight.length / bias.length}, weight));
        folded.put(at(layer, ".bias"), new FloatTensor(new long[] {bias.length}, bias));
    }

    /**
     * The numbers of every coordinate.
     *
     * @param features {@code [M, inputs]}, float32
     * @param folded what {@link #fold} gives, on the features' device
     * @return {@code [M, outputs]}
     */
    NDArray apply(NDArray features, Map<String, NDArray> folded) {
        NDArray h = features;
        for (ElementwiseNetwork.HiddenLayer layer : ElementwiseNetwork.hiddenLayers()) {
            h = network.linear(h, layer.linear(), folded)
                    .getNDArrayInternal()
                    .leakyRelu(slopes.getOrDefault(layer.linear(), 0f));
        }
        return network.linear(h, ElementwiseNetwork.OUT, folded);
    }

    private String at(String layer, String part) {
        return network.name() + "." + layer + part;
    }

    private static float[] values(ElementwiseNetwork network, Map<String, FloatTensor> weights, String local) {
        FloatTensor tensor = weights.get(network.name() + "." + local);
        if (tensor == null) {
            throw new IllegalArgumentException("The weights lack (%s.%s).".formatted(network.name(), local));
        }
        return tensor.values();
    }
}

package dev.secant.optimizer.lsr1;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import dev.secant.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A network that maps the features of one coordinate to numbers for it, the same for all coordinates: it works in any
 * dimension, and permuting the coordinates permutes its answer (L-SR1, arXiv 2508.12270, section 4).
 *
 * <p>Linear, then normalised, then two blocks of two linear layers without a skip connection, then Linear. Every hidden
 * layer is followed by batch normalisation, PReLU (one slope a block) and dropout. Parameters are given by name, so the
 * same network serves inference and training.
 *
 * @param name prefix of its parameters' names
 * @param inputs features of a coordinate
 * @param hidden width
 * @param outputs numbers of a coordinate
 */
public record ElementwiseNetwork(String name, int inputs, int hidden, int outputs) {

    /** Share of hidden numbers dropped in training. */
    public static final float DROPOUT = 0.2f;

    private static final int BLOCKS = 2;

    /** The local name of the last layer. */
    static final String OUT = "out";

    static final float NORM_EPSILON = 1e-5f;
    private static final float NORM_MOMENTUM = 0.1f;
    private static final float PRELU_SLOPE = 0.25f;

    /**
     * The numbers of every coordinate.
     *
     * @param features {@code [M, inputs]}, float32; M coordinates, of one or many problems
     * @param weights parameters and running statistics by name
     * @param training statistics of this batch and dropout, instead of the running statistics
     * @return {@code [M, outputs]}
     */
    public NDArray apply(NDArray features, Map<String, NDArray> weights, boolean training) {
        NDArray h = features;
        for (HiddenLayer layer : hiddenLayers()) {
            h = activate(linear(h, layer.linear(), weights), layer.norm(), layer.slope(), weights, training);
        }
        return linear(h, OUT, weights);
    }

    /**
     * The local names of a hidden layer's parameters.
     *
     * @param linear of its weight and bias
     * @param norm of its normalisation
     * @param slope of its PReLU
     */
    record HiddenLayer(String linear, String norm, String slope) {}

    /** In the order in which they are applied. */
    static List<HiddenLayer> hiddenLayers() {
        List<HiddenLayer> layers = new ArrayList<>(List.of(new HiddenLayer("in", "in.norm", "in.slope")));
        for (int block = 1; block <= BLOCKS; block++) {
            for (int layer = 1; layer <= 2; layer++) {
                String at = "block" + block + "." + layer;
                layers.add(new HiddenLayer(at, at + ".norm", "block" + block + ".slope"));
            }
        }
        return layers;
    }

    /**
     * Fresh parameters: PyTorch's defaults (uniform in {@code 1 / sqrt(fan in)} for weights and biases, slopes of 0.25).
     *
     * @return by name, the running statistics among them (see {@link #isStatistic})
     */
    public Map<String, FloatTensor> initialise(Random random) {
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        addLinear(values, "in", inputs, hidden, random);
        addNorm(values, "in.norm");
        add(values, "in.slope", new long[] {1}, PRELU_SLOPE);
        for (int block = 1; block <= BLOCKS; block++) {
            for (int layer = 1; layer <= 2; layer++) {
                String at = "block" + block + "." + layer;
                addLinear(values, at, hidden, hidden, random);
                addNorm(values, at + ".norm");
            }
            add(values, "block" + block + ".slope", new long[] {1}, PRELU_SLOPE);
        }
        addLinear(values, "out", hidden, outputs, random);
        return values;
    }

    /** Whether a name is that of a running statistic, which is no trainable parameter. */
    public static boolean isStatistic(String name) {
        return name.endsWith(".running_mean") || name.endsWith(".running_var");
    }

    NDArray linear(NDArray input, String layer, Map<String, NDArray> weights) {
        return input.getNDArrayInternal()
                .linear(input, weight(weights, layer + ".weight"), weight(weights, layer + ".bias"))
                .head();
    }

    private NDArray activate(NDArray input, String norm, String slope, Map<String, NDArray> weights, boolean training) {
        NDArrayEx engine = input.getNDArrayInternal();
        NDArray normalised = engine.batchNorm(
                        input,
                        weight(weights, norm + ".running_mean"),
                        weight(weights, norm + ".running_var"),
                        weight(weights, norm + ".weight"),
                        weight(weights, norm + ".bias"),
                        1,
                        NORM_MOMENTUM,
                        NORM_EPSILON,
                        training)
                .head();
        // max(z, 0) + slope * min(z, 0): the engine's own PReLU is not reachable.
        NDArray negative = normalised.neg().getNDArrayInternal().relu();
        NDArray active = normalised.getNDArrayInternal().relu().sub(negative.mul(weight(weights, slope)));
        return training
                ? active.getNDArrayInternal().dropout(active, DROPOUT, true).head()
                : active;
    }

    private NDArray weight(Map<String, NDArray> weights, String local) {
        NDArray weight = weights.get(name + "." + local);
        if (weight == null) {
            throw new IllegalArgumentException("The weights lack (%s.%s).".formatted(name, local));
        }
        return weight;
    }

    private void addLinear(Map<String, FloatTensor> values, String layer, int in, int out, Random random) {
        float bound = (float) (1 / Math.sqrt(in));
        add(values, layer + ".weight", new long[] {out, in}, bound, random);
        add(values, layer + ".bias", new long[] {out}, bound, random);
    }

    private void addNorm(Map<String, FloatTensor> values, String layer) {
        long[] shape = {hidden};
        add(values, layer + ".weight", shape, 1);
        add(values, layer + ".bias", shape, 0);
        add(values, layer + ".running_mean", shape, 0);
        add(values, layer + ".running_var", shape, 1);
    }

    private void add(Map<String, FloatTensor> values, String local, long[] shape, float bound, Random random) {
        float[] numbers = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = bound * (2 * random.nextFloat() - 1);
        }
        values.put(name + "." + local, new FloatTensor(shape, numbers));
    }

    private void add(Map<String, FloatTensor> values, String local, long[] shape, float constant) {
        float[] numbers = new float[(int) shape[0]];
        Arrays.fill(numbers, constant);
        values.put(name + "." + local, new FloatTensor(shape, numbers));
    }
}

package dev.secant.optimizer.lsr1;

import static dev.secant.tensor.ScalarMath.minimum;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The three networks of published L-SR1 and one iteration with them (arXiv 2508.12270, algorithm 1).
 *
 * <p>Inference and meta-training run this same iteration; they differ in whether a graph is recorded.
 *
 * @param settings variant and sizes
 */
public record Sr1Networks(Sr1Settings settings) {

    private static final double LARGEST_RATE = 10;

    /** The networks with weights. */
    @FunctionalInterface
    public interface Generator {

        /** Looks at features {@code [B n, inputs]} in float32. */
        Generated generate(NDArray features);
    }

    /**
     * What the networks say, all {@code [B n, 1]}.
     *
     * @param vector v
     * @param rate the rate's logarithm, before its scale and exponent
     */
    public record Generated(NDArray vector, NDArray rate) {}

    /**
     * One iteration's results, all {@code [B, n]}.
     *
     * @param vector v, already in the buffer
     * @param oldMatrixOnChange {@code B q} with the buffer before v
     * @param displacement {@code lr * d}, to be added to x
     */
    public record Step(NDArray vector, NDArray oldMatrixOnChange, NDArray displacement) {}

    ElementwiseNetwork encoder() {
        return new ElementwiseNetwork("encoder", settings.inputs().size(), settings.hidden(), settings.latent());
    }

    ElementwiseNetwork vectorGenerator() {
        return new ElementwiseNetwork("vector", settings.latent(), settings.hidden(), 1);
    }

    ElementwiseNetwork rateGenerator() {
        return new ElementwiseNetwork("rate", settings.latent(), settings.hidden(), 1);
    }

    /** Fresh weights by name; the same seed gives the same weights. */
    public Map<String, FloatTensor> initialise(long seed) {
        Random random = new Random(seed);
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        values.putAll(encoder().initialise(random));
        values.putAll(vectorGenerator().initialise(random));
        values.putAll(rateGenerator().initialise(random));
        return values;
    }

    /** How many trainable numbers there are: 898,187 with the published sizes. */
    public static long parameterCount(Map<String, FloatTensor> weights) {
        return weights.entrySet().stream()
                .filter(entry -> !ElementwiseNetwork.isStatistic(entry.getKey()))
                .mapToLong(entry -> entry.getValue().values().length)
                .sum();
    }

    /**
     * The networks in training, with this batch's statistics and dropout.
     *
     * @param weights parameters and statistics by name
     */
    public Generator training(Map<String, NDArray> weights) {
        return features -> {
            NDArray latent = encoder().apply(features, weights, true); // [B n, latent]
            return new Generated(
                    vectorGenerator().apply(latent, weights, true),
                    rateGenerator().apply(latent, weights, true));
        };
    }

    /**
     * From the point k to the displacement to k + 1.
     *
     * @param x the iterates, {@code [B, n]}
     * @param p {@code x_k - x_(k-1)}; {@code x_0} at the start
     * @param g gradients at x
     * @param q {@code g_k - g_(k-1)}; {@code g_0} at the start
     * @param buffer receives the new vector
     * @param generator the networks
     * @param constantFeatures whether the features' graph is cut: then only the networks' outputs carry one, and {@code B q} through
     *     the buffer, and the meta-gradient is first order
     */
    public Step step(
            NDArray x,
            NDArray p,
            NDArray g,
            NDArray q,
            RankOneBuffer buffer,
            Generator generator,
            boolean constantFeatures) {
        NDArray product = buffer.apply(q);
        NDList seen = new NDList();
        for (Sr1Settings.Input input : settings.inputs()) {
            NDArray feature =
                    switch (input) {
                        case POINT -> x;
                        case STEP -> p;
                        case MAPPED_CHANGE -> product;
                        case GRADIENT -> g;
                        case GRADIENT_CHANGE -> q;
                    };
            seen.add(constantFeatures ? Autograd.detach(feature) : feature);
        }
        NDArray features = NDArrays.stack(seen, 2)
                .reshape(-1, seen.size()) // [B n, 5]
                .toType(DataType.FLOAT32, false);
        Generated generated = generator.generate(features);
        Shape shape = x.getShape();
        NDArray vector = generated.vector().reshape(shape).toType(x.getDataType(), false);
        buffer.push(vector);
        NDArray direction = buffer.apply(g).neg();
        NDArray generatedRate = generated.rate().reshape(shape).toType(x.getDataType(), false);
        NDArray rate =
                minimum(mul(mul(generatedRate, settings.rateExponent()).exp(), settings.rateScale()), LARGEST_RATE);
        return new Step(vector, product, rate.mul(direction));
    }
}

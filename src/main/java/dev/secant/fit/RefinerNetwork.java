package dev.secant.fit;

import static dev.secant.tensor.ScalarMath.clip;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The network that says, of a guess, how far off each variable may be, and how the fit energy curves there.
 *
 * <p>A plain multilayer perceptron on the initialiser's input and output. It gives the deviations that whiten the fit's variables and
 * are its prior, and the weights of the {@link ModelHessian} that the optimizer starts from.
 *
 * @param inputs numbers a person goes in with: the initialiser's input and output
 * @param width units of a hidden layer
 * @param variables n, the fit's variables
 * @param keypoints K, the slots
 */
public record RefinerNetwork(int inputs, int width, int variables, int keypoints) {

    /** The names of the layers, in the order in which they follow each other. */
    public static final List<String> LAYERS = List.of("refine.in", "refine.hidden", "refine.out");

    /** The deviation that a fresh network predicts for every variable. */
    private static final double DEVIATION = 0.15;

    /** Random weights. */
    public Map<String, FloatTensor> initialWeights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sizes = {inputs, width, width, 2 * variables + keypoints};
        double[] gains = {1, 1.4, 0.03};
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            int in = sizes[layer];
            int out = sizes[layer + 1];
            float[] values = new float[in * out];
            double bound = gains[layer] * Math.sqrt(3.0 / in);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            weights.put(LAYERS.get(layer) + ".weight", new FloatTensor(new long[] {in, out}, values));
            weights.put(LAYERS.get(layer) + ".bias", new FloatTensor(new long[] {out}, new float[out]));
        }
        return weights;
    }

    /**
     * What it says of guesses; differentiable.
     *
     * @param weights the arrays by name
     * @param input the initialiser's input, {@code [B, .]}
     * @param output the initialiser's output, {@code [B, .]}
     */
    public Prediction predict(Function<String, NDArray> weights, NDArray input, NDArray output) {
        NDArray hidden = NDArrays.concat(new NDList(input, output), 1);
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            hidden = hidden.matMul(weights.apply(LAYERS.get(layer) + ".weight"))
                    .add(weights.apply(LAYERS.get(layer) + ".bias"));
            if (layer + 1 < LAYERS.size()) {
                hidden = hidden.getNDArrayInternal().relu();
            }
        }
        NDArray deviations =
                mul(clip(hidden.get(":, 0:" + variables), -3.5, 2.5).exp(), (float) DEVIATION);
        NDArray lambda = clip(hidden.get(":, %d:%d".formatted(variables, 2 * variables)), -3, 3)
                .exp();
        NDArray omega =
                clip(hidden.get(":, %d:".formatted(2 * variables)), -3, 3).exp();
        return new Prediction(deviations, lambda, omega);
    }

    /** The deviation that a raw output means. */
    public float deviation(float output) {
        return (float) (DEVIATION * Math.exp(Math.min(2.5, Math.max(-3.5, output))));
    }

    /** The weight in the model Hessian that a raw output means. */
    public float weight(float output) {
        return (float) Math.exp(Math.min(3, Math.max(-3, output)));
    }

    /**
     * @param deviations of the variables before whitening, {@code [B, n]}
     * @param lambda weight of each variable's prior in the model Hessian, {@code [B, n]}
     * @param omega weight of each keypoint in the model Hessian, {@code [B, K]}
     */
    public record Prediction(NDArray deviations, NDArray lambda, NDArray omega) {}
}

package dev.secant.fit;

import static dev.secant.tensor.ScalarMath.clip;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.tensor.FloatTensor;
import java.util.LinkedHashMap;
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

    private static final String[] LAYERS = {"refine.in", "refine.hidden", "refine.out"};

    /** The deviation that a fresh network predicts for every variable. */
    private static final double DEVIATION = 0.15;

    /** Random weights. */
    public Map<String, FloatTensor> initialWeights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sizes = {inputs, width, width, 2 * variables + keypoints};
        double[] gains = {1, 1.4, 0.03};
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (int layer = 0; layer < LAYERS.length; layer++) {
            int in = sizes[layer];
            int out = sizes[layer + 1];
            float[] values = new float[in * out];
            double bound = gains[layer] * Math.sqrt(3.0 / in);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            weights.put(LAYERS[layer] + ".weight", new FloatTensor(new long[] {in, out}, values));
            weights.put(LAYERS[layer] + ".bias", new FloatTensor(new long[] {out}, new float[out]));
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
        for (int layer = 0; layer < LAYERS.length; layer++) {
            hidden =
                    hidden.matMul(weights.apply(LAYERS[layer] + ".weight")).add(weights.apply(LAYERS[layer] + ".bias"));
            if (layer + 1 < LAYERS.length) {
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

    /**
     * @param deviations of the variables before whitening, {@code [B, n]}
     * @param lambda weight of each variable's prior in the model Hessian, {@code [B, n]}
     * @param omega weight of each keypoint in the model Hessian, {@code [B, K]}
     */
    public record Prediction(NDArray deviations, NDArray lambda, NDArray omega) {}
}

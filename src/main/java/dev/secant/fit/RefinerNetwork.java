package dev.secant.fit;

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
 * are its prior, and in these variables the start of the inverse Hessian: a diagonal and R rank-one terms.
 *
 * @param inputs numbers a person goes in with: the initialiser's input and output
 * @param width units of a hidden layer
 * @param variables n, the fit's variables
 * @param terms R
 */
public record RefinerNetwork(int inputs, int width, int variables, int terms) {

    private static final String[] LAYERS = {"refine.in", "refine.hidden", "refine.out"};

    /** The deviation that a fresh network predicts for every variable. */
    private static final double DEVIATION = 0.15;

    /** The diagonal that a fresh network predicts. */
    private static final double DIAGONAL = 0.02;

    /** Random weights. */
    public Map<String, FloatTensor> initialWeights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sizes = {inputs, width, width, variables * (2 + terms)};
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
        long batch = input.getShape().get(0);
        NDArray deviations =
                hidden.get(":, 0:" + variables).clip(-3.5, 2.5).exp().mul((float) DEVIATION);
        NDArray diagonal = hidden.get(":, %d:%d".formatted(variables, 2 * variables))
                .clip(-7, 4)
                .exp()
                .mul((float) DIAGONAL);
        NDArray given = hidden.get(":, %d:".formatted(2 * variables)).reshape(batch, terms, variables);
        return new Prediction(deviations, diagonal, given);
    }

    /**
     * @param deviations of the variables before whitening, {@code [B, n]}
     * @param diagonal {@code [B, n]}
     * @param given {@code [B, R, n]}
     */
    public record Prediction(NDArray deviations, NDArray diagonal, NDArray given) {}
}

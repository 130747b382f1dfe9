package dev.secant.training;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;
import static dev.secant.tensor.ScalarMath.mulInPlace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay and a bound on the gradient's norm (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", ICLR 2019, algorithm 2).
 *
 * <p>{@link #state()} and {@link #restore} carry it across a restart without a change in any bit.
 */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class AdamW {

    /**
     * Its constants.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay lambda; each step multiplies the parameters by {@code 1 - learningRate * weightDecay}
     * @param clipNorm bound on the norm of all gradients together; infinite for none
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {

        /** PyTorch's defaults, and a clip norm of 1. */
        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0.01, 1.0);

        public Settings {
            if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException(
                        "The beta1 (%s) and beta2 (%s) of AdamW must lie in [0, 1).".formatted(beta1, beta2));
            }
            if (!(clipNorm > 0)) {
                throw new IllegalArgumentException("The clipNorm (%s) of AdamW must be positive.".formatted(clipNorm));
            }
        }

        /** With another weight decay. */
        public Settings withWeightDecay(double decay) {
            return new Settings(beta1, beta2, epsilon, decay, clipNorm);
        }

        /** With another bound on the gradient's norm. */
        public Settings withClipNorm(double norm) {
            return new Settings(beta1, beta2, epsilon, weightDecay, norm);
        }
    }

    private final Parameters parameters;
    private final Settings settings;
    private final Map<String, NDArray> firstMoments = new LinkedHashMap<>();
    private final Map<String, NDArray> secondMoments = new LinkedHashMap<>();
    private int steps;

    /** Its moments start at zero and live in the parameters' manager. Make it outside any {@link MemoryScope}. */
    public AdamW(Parameters parameters, Settings settings) {
        this.parameters = parameters;
        this.settings = settings;
        parameters.byName().forEach((name, leaf) -> {
            firstMoments.put(name, Autograd.detach(leaf).zerosLike());
            secondMoments.put(name, Autograd.detach(leaf).zerosLike());
        });
    }

    /** Steps done. */
    public int steps() {
        return steps;
    }

    /**
     * One step against the collected gradients, which it then zeroes. A gradient that is not finite changes nothing.
     *
     * @return the gradients' norm before clipping
     */
    public double step(double learningRate) {
        double norm = parameters.gradientNorm();
        if (Double.isFinite(norm)) {
            steps++;
            double scale = Math.min(1, settings.clipNorm() / Math.max(norm, 1e-30));
            Autograd.withGraph(false, () -> {
                parameters.byName().keySet().forEach(name -> update(name, scale, learningRate));
                return parameters;
            });
        }
        parameters.zeroGradients();
        return norm;
    }

    private void update(String name, double scale, double learningRate) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray leaf = parameters.get(name);
            NDArray gradient = mul(Autograd.gradient(leaf), scale);
            NDArray first = moment(firstMoments, name);
            NDArray second = moment(secondMoments, name);
            mulInPlace(first, settings.beta1()).addi(mul(gradient, 1 - settings.beta1()));
            mulInPlace(second, settings.beta2()).addi(mul(gradient.square(), 1 - settings.beta2()));
            double correction1 = 1 - Math.pow(settings.beta1(), steps);
            double correction2 = 1 - Math.pow(settings.beta2(), steps);
            NDArray root = div(second, correction2).sqrt().add(settings.epsilon());
            mulInPlace(leaf, 1 - learningRate * settings.weightDecay())
                    .subi(mul(first.div(root), learningRate / correction1));
        }
    }

    /** The moments and the step count, to be written beside the parameters. */
    public Map<String, FloatTensor> state() {
        Map<String, FloatTensor> state = new LinkedHashMap<>();
        firstMoments.forEach((name, moment) -> state.put("adamw.first." + name, FloatTensor.of(moment)));
        secondMoments.forEach((name, moment) -> state.put("adamw.second." + name, FloatTensor.of(moment)));
        // Two digits to the base 2^12, so that a float holds the count exactly.
        state.put("adamw.steps", new FloatTensor(new long[] {2}, new float[] {steps >> 12, steps & 0xfff}));
        return state;
    }

    /**
     * Continues from a state.
     *
     * @throws IllegalArgumentException if it is not the state of the same parameters
     */
    public void restore(Map<String, FloatTensor> state) {
        firstMoments.forEach((name, moment) -> overwrite(moment, state, "adamw.first." + name));
        secondMoments.forEach((name, moment) -> overwrite(moment, state, "adamw.second." + name));
        float[] digits = required(state, "adamw.steps").values();
        steps = ((int) digits[0] << 12) + (int) digits[1];
    }

    private static void overwrite(NDArray target, Map<String, FloatTensor> state, String name) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDManager manager = target.getManager();
            mulInPlace(target, 0).addi(required(state, name).on(manager));
        }
    }

    private static FloatTensor required(Map<String, FloatTensor> state, String name) {
        FloatTensor tensor = state.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The training state lacks (%s).".formatted(name));
        }
        return tensor;
    }

    private static NDArray moment(Map<String, NDArray> moments, String name) {
        NDArray moment = moments.get(name);
        if (moment == null) {
            throw new IllegalStateException("AdamW has no moment of (%s).".formatted(name));
        }
        return moment;
    }
}

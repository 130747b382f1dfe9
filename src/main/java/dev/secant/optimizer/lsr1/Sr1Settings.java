package dev.secant.optimizer.lsr1;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A published variant of L-SR1 and its sizes.
 *
 * @param variant which published description
 * @param memory L, the vectors kept
 * @param hidden width of the networks
 * @param latent numbers of a coordinate between encoder and generators
 * @param rateScale a1 of the learning rate
 * @param rateExponent a2 of the learning rate
 * @param inputs what the encoder sees of a coordinate; all five as published
 */
public record Sr1Settings(
        Variant variant, int memory, int hidden, int latent, double rateScale, double rateExponent, Set<Input> inputs) {

    /** What the encoder may see of a coordinate, in the order of its inputs. */
    public enum Input {
        /** {@code x_k}. */
        POINT,
        /** {@code p = x_k - x_(k-1)}. */
        STEP,
        /** {@code B q}, with the matrix before the pair. */
        MAPPED_CHANGE,
        /** {@code g_k}. */
        GRADIENT,
        /** {@code q = g_k - g_(k-1)}. */
        GRADIENT_CHANGE;

        /** On the command line and in manifests: {@code mapped-change}. */
        public String inputName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        /**
         * The input of a name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Input of(String inputName) {
            for (Input input : values()) {
                if (input.inputName().equals(inputName)) {
                    return input;
                }
            }
            throw new IllegalArgumentException(
                    "The input (%s) of L-SR1 must be point, step, mapped-change, gradient or gradient-change."
                            .formatted(inputName));
        }
    }

    /** The two published descriptions, which differ. */
    public enum Variant {
        /** The reference implementation: the product keeps the norm, a full buffer drops the identity. */
        AS_RELEASED,
        /** The paper's text: {@code B = I + sum v v'}. */
        AS_WRITTEN;

        /** The preset's name: {@code as-released} or {@code as-written}. */
        public String presetName() {
            return this == AS_RELEASED ? "as-released" : "as-written";
        }
    }

    public Sr1Settings {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) of L-SR1 must be positive.".formatted(memory));
        }
        if (hidden < 1 || latent < 1) {
            throw new IllegalArgumentException(
                    "The widths (hidden %d, latent %d) of L-SR1 must be positive.".formatted(hidden, latent));
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("The inputs of L-SR1 must not be empty.");
        }
        inputs = Collections.unmodifiableSet(EnumSet.copyOf(inputs));
    }

    /** With all five inputs. */
    public Sr1Settings(Variant variant, int memory, int hidden, int latent, double rateScale, double rateExponent) {
        this(variant, memory, hidden, latent, rateScale, rateExponent, EnumSet.allOf(Input.class));
    }

    /** The sizes of the paper: 256 wide, latent 128, {@code a1 = 0.1}, {@code a2 = 0.001}. */
    public static Sr1Settings published(Variant variant, int memory) {
        return new Sr1Settings(variant, memory, 256, 128, 0.1, 0.001);
    }

    /** With another memory. */
    public Sr1Settings withMemory(int vectors) {
        return new Sr1Settings(variant, vectors, hidden, latent, rateScale, rateExponent, inputs);
    }

    /** With other widths of the networks. */
    public Sr1Settings withWidths(int hiddenWidth, int latentWidth) {
        return new Sr1Settings(variant, memory, hiddenWidth, latentWidth, rateScale, rateExponent, inputs);
    }

    /** With another learning rate {@code a1 exp(a2 r)}. */
    public Sr1Settings withRate(double scale, double exponent) {
        return new Sr1Settings(variant, memory, hidden, latent, scale, exponent, inputs);
    }

    /** Without one of the encoder's inputs. */
    public Sr1Settings without(Input input) {
        EnumSet<Input> others = EnumSet.copyOf(inputs);
        others.remove(input);
        return new Sr1Settings(variant, memory, hidden, latent, rateScale, rateExponent, others);
    }
}

package dev.secant.optimizer;

/**
 * A published variant of L-SR1 and its sizes.
 *
 * @param variant which published description
 * @param memory L, the vectors kept
 * @param hidden width of the networks
 * @param latent numbers of a coordinate between encoder and generators
 * @param rateScale a1 of the learning rate
 * @param rateExponent a2 of the learning rate
 */
public record Sr1Settings(Variant variant, int memory, int hidden, int latent, double rateScale, double rateExponent) {

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
    }

    /** The sizes of the paper: 256 wide, latent 128, {@code a1 = 0.1}, {@code a2 = 0.001}. */
    public static Sr1Settings published(Variant variant, int memory) {
        return new Sr1Settings(variant, memory, 256, 128, 0.1, 0.001);
    }

    /** With another memory. */
    public Sr1Settings withMemory(int vectors) {
        return new Sr1Settings(variant, vectors, hidden, latent, rateScale, rateExponent);
    }
}

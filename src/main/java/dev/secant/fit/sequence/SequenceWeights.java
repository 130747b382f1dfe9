package dev.secant.fit.sequence;

/**
 * How the terms of a sequence's energy are weighed.
 *
 * @param smoothness factor of the temporal term; 1 weighs accelerations as if they were normally distributed with the
 *     deviations of {@link MotionPrior}, more is smoother
 * @param prior factor of each frame's prior, below 1 because the network's errors in neighbouring frames are alike
 * @param shape the same of the betas' prior, whose errors are even more alike
 * @param data factor of each frame's reprojection error
 */
public record SequenceWeights(double smoothness, double prior, double shape, double data) {

    /** Why these: {@code docs/methods/sequence.md}, section 6. */
    public static final SequenceWeights DEFAULT = new SequenceWeights(0.3, 0.3, 1, 1);

    public SequenceWeights {
        positive("smoothness", smoothness);
        positive("prior", prior);
        positive("shape", shape);
        positive("data", data);
    }

    /** The same with the smoothness times a factor. */
    public SequenceWeights times(double factor) {
        return new SequenceWeights(smoothness * factor, prior, shape, data);
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value <= 1e6)) {
            throw new IllegalArgumentException(
                    "The weight %s (%s) of a sequence must be above 0 and at most 1e6.".formatted(name, value));
        }
    }
}

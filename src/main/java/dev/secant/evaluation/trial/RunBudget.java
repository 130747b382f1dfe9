package dev.secant.evaluation.trial;

/**
 * What a solver may spend on one start of a profile.
 *
 * @param iterations of the profile at equal iterations, and of the tuning of learning rates
 * @param evaluations of the profile at equal evaluations
 * @param seconds of the profile at equal wall clock
 * @param limitSeconds of the runs to targets
 */
public record RunBudget(int iterations, int evaluations, double seconds, double limitSeconds) {

    public RunBudget {
        if (iterations < 1 || evaluations < 1) {
            throw new IllegalArgumentException("The iterations (%d) and evaluations (%d) of a profile must be positive."
                    .formatted(iterations, evaluations));
        }
        if (!(seconds > 0) || !(limitSeconds >= seconds)) {
            throw new IllegalArgumentException(
                    "The wall clock (%s s) of a profile must be positive and not above its limit (%s s)."
                            .formatted(seconds, limitSeconds));
        }
    }
}

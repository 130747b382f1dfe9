package dev.secant.fit;

/**
 * What all people of a batch share.
 *
 * @param steps optimizer steps, 0 to 100; 0 returns the initialiser's guess
 * @param trajectory whether iterates are kept
 */
public record FitSettings(int steps, boolean trajectory) {

    /** The steps of the published figures' shipped setting: 8. */
    public static final int DEFAULT_STEPS = 8;

    public FitSettings {
        if (steps < 0 || steps > 100) {
            throw new IllegalArgumentException("The steps (%d) of the fit must be between 0 and 100.".formatted(steps));
        }
    }
}

package dev.secant.fit;

import dev.secant.optimizer.StopRule;

/**
 * What all people of a batch share.
 *
 * @param steps optimizer steps at most, 0 to 100; 0 returns the initialiser's guess
 * @param trajectory whether iterates are kept
 */
public record FitSettings(int steps, boolean trajectory) {

    /** The steps of the published figures' shipped setting: 8. */
    public static final int DEFAULT_STEPS = 8;

    /**
     * A person has converged when a step lowers the energy by less than this part of it ({@link StopRule#relativeDecreaseTolerance}). More
     * steps would move joints by hundredths of a millimetre.
     */
    public static final double DECREASE_TOLERANCE = 1e-5;

    public FitSettings {
        if (steps < 0 || steps > 100) {
            throw new IllegalArgumentException("The steps (%d) of the fit must be between 0 and 100.".formatted(steps));
        }
    }

    /** When a person's refinement stops; there must be at least one step. */
    public StopRule stopRule() {
        return StopRule.steps(steps).withRelativeDecreaseTolerance(DECREASE_TOLERANCE);
    }
}

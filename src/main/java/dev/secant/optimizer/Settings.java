package dev.secant.optimizer;

/** Checks of the numbers that methods are set by. */
public final class Settings {

    private Settings() {}

    /** @throws IllegalArgumentException unless the value is positive and finite */
    public static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The %s (%s) must be positive and finite.".formatted(name, value));
        }
    }

    /** @throws IllegalArgumentException unless the value lies in [0, 1) */
    public static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("The %s (%s) must lie in [0, 1).".formatted(name, value));
        }
    }
}

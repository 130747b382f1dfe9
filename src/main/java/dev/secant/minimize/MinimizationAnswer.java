package dev.secant.minimize;

import org.jspecify.annotations.Nullable;

/**
 * What became of a start.
 *
 * @param item its answer; null where there is none
 * @param failure why there is none
 */
public record MinimizationAnswer(@Nullable MinimizationItem item, @Nullable String failure) {

    public static MinimizationAnswer of(MinimizationItem item) {
        return new MinimizationAnswer(item, null);
    }

    public static MinimizationAnswer failed(String reason) {
        return new MinimizationAnswer(null, reason);
    }

    /**
     * Its answer.
     *
     * @throws IllegalStateException with the reason where there is none
     */
    public MinimizationItem orElseThrow() {
        if (item == null) {
            throw new IllegalStateException(failure);
        }
        return item;
    }
}

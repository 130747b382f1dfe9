package dev.secant.minimize;

import dev.secant.optimizer.StopRule;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a request's time is up: one end for all that runs for it, whatever the phases and solvers.
 *
 * @param nanoClock the stop rule's clock
 * @param endNanos by that clock
 */
public record Deadline(LongSupplier nanoClock, long endNanos) {

    /** The time limit of a rule, from now. */
    public static Deadline of(StopRule rule) {
        return new Deadline(
                rule.nanoClock(),
                rule.nanoClock().getAsLong() + rule.timeLimit().toNanos());
    }

    public boolean isOver() {
        return nanoClock.getAsLong() - endNanos >= 0;
    }

    /** Whether this ends before another, by the same clock. */
    public boolean isBefore(Deadline other) {
        return endNanos - other.endNanos < 0;
    }

    /** The rule with the time that is left, zero if none is. */
    public StopRule within(StopRule rule) {
        return rule.withTimeLimit(Duration.ofNanos(Math.max(0, endNanos - nanoClock.getAsLong())));
    }
}

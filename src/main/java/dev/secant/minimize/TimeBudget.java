package dev.secant.minimize;

import dev.secant.optimizer.StopRule;
import org.jspecify.annotations.Nullable;

/**
 * The time that all starts of a request have together. It begins when the first of them runs, whatever batches they are in, and
 * does not begin again. Any threads may ask.
 */
public final class TimeBudget {

    private @Nullable Deadline deadline;

    /** When the time is up; the first to ask starts the clock. */
    public synchronized Deadline deadline(StopRule rule) {
        if (deadline == null) {
            deadline = Deadline.of(rule);
        }
        return deadline;
    }
}

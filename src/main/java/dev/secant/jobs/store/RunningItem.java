package dev.secant.jobs.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an item while it is computed.
 *
 * @param item its index in the request
 * @param progress the share of its budget that is used, 0 to 1
 * @param points how it was about once a second, the earliest first; empty in its first second, and thinned so that a job's snapshot stays small
 */
public record RunningItem(int item, double progress, List<Point> points) {

    public RunningItem {
        points = List.copyOf(points);
    }

    /**
     * The latest point.
     *
     * @throws IndexOutOfBoundsException if there is none yet
     */
    public Point last() {
        return points.get(points.size() - 1);
    }

    /**
     * How the item was at some moment.
     *
     * @param steps done
     * @param evaluations used
     * @param value the lowest found by then; null where not finite
     * @param gradientNorm the Euclidean norm of the gradient there; null where not finite
     */
    public record Point(int steps, int evaluations, @Nullable Double value, @Nullable Double gradientNorm) {}
}

package dev.secant.jobs.devices;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives out next what has waited longest in proportion to what it costs: highest response ratio next (Brinch Hansen, IFIP
 * Congress 1971), {@code (waited + cost) / cost}. Short work goes first, and whatever waits long enough has its turn. Not thread-safe;
 * a take looks at every entry.
 *
 * @param <T> what waits
 */
final class ResponseRatioQueue<T> {

    /** So that work which costs nothing has a ratio. */
    private static final double LEAST_SECONDS = 1e-6;

    private record Waiting<T>(T what, double seconds, long sinceNanos) {

        double ratio(long nowNanos) {
            return 1 + 1e-9 * (nowNanos - sinceNanos) / Math.max(seconds, LEAST_SECONDS);
        }
    }

    private final List<Waiting<T>> waiting = new ArrayList<>();

    /**
     * Adds something.
     *
     * @param seconds what it is estimated to take
     * @param nowNanos the time
     */
    void add(T what, double seconds, long nowNanos) {
        waiting.add(new Waiting<>(what, seconds, nowNanos));
    }

    /**
     * Takes the next; the earlier of two that are equal.
     *
     * @param longestSeconds what it may be estimated to take
     * @return null if nothing that short waits
     */
    @Nullable
    T take(double longestSeconds, long nowNanos) {
        int best = -1;
        double highest = 0;
        for (int i = 0; i < waiting.size(); i++) {
            Waiting<T> each = waiting.get(i);
            double ratio = each.ratio(nowNanos);
            boolean better =
                    best < 0 || ratio > highest || (ratio == highest && each.seconds < waiting.get(best).seconds);
            if (each.seconds <= longestSeconds && better) {
                best = i;
                highest = ratio;
            }
        }
        return best < 0 ? null : waiting.remove(best).what;
    }

    /** How many wait. */
    int size() {
        return waiting.size();
    }

    /** When the one that has waited longest came. */
    long oldestNanos(long nowNanos) {
        return waiting.isEmpty() ? nowNanos : waiting.get(0).sinceNanos;
    }

    /** Takes all, in the order in which they came. */
    List<T> drain() {
        List<T> all = waiting.stream().map(Waiting::what).toList();
        waiting.clear();
        return all;
    }
}

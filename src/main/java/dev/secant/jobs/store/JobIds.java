package dev.secant.jobs.store;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of jobs: UUIDs of version 7 (RFC 9562, section 5.7), which sort by time. Within a millisecond the twelve
 * bits behind the time count up, so the ids of one process never run backwards.
 */
public final class JobIds {

    private static final int COUNTERS = 1 << 12;

    private final Clock clock;
    private final RandomGenerator random;
    private long lastMillis;
    private int counter;

    public JobIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id. */
    public synchronized UUID next() {
        long millis = Math.max(clock.millis(), lastMillis);
        counter = millis == lastMillis ? counter + 1 : random.nextInt(COUNTERS / 2);
        if (counter == COUNTERS) {
            millis++;
            counter = 0;
        }
        lastMillis = millis;
        long high = millis << 16 | 7L << 12 | counter;
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low);
    }
}

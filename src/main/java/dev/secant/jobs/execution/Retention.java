package dev.secant.jobs.execution;

import dev.secant.jobs.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what has been kept for long enough, in slices: no statement holds locks on more than one job. */
public final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Jobs of a slice; between two slices other statements get their turn. */
    private static final int SLICE = 1000;

    private final JobStore store;
    private final Clock clock;
    private final Duration results;
    private final Duration jobs;

    /**
     * @param results how long requests and results are kept after the end of their job
     * @param jobs how long the job itself is known after its end
     */
    public Retention(JobStore store, Clock clock, Duration results, Duration jobs) {
        if (jobs.compareTo(results) < 0) {
            throw new IllegalArgumentException(
                    "The retention of jobs (%s) must not be shorter than that of results (%s)."
                            .formatted(jobs, results));
        }
        this.store = store;
        this.clock = clock;
        this.results = results;
        this.jobs = jobs;
    }

    /** Expires and purges what is due. */
    public void run() {
        Instant now = clock.instant();
        int purged = inSlices(limit -> store.purge(now.minus(jobs), limit));
        int expired = inSlices(limit -> store.expire(now.minus(results), limit));
        if (purged + expired > 0) {
            log.info("Retention: {} jobs expired, {} jobs purged.", expired, purged);
        }
    }

    private static int inSlices(IntUnaryOperator slice) {
        int all = 0;
        int some;
        do {
            some = slice.applyAsInt(SLICE);
            all += some;
        } while (some == SLICE);
        return all;
    }
}

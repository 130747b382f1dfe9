package dev.secant.jobs;

import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What Prometheus sees of the jobs: {@code secant_jobs}, by state. */
final class JobMetrics {

    /** One count serves all states' gauges of a scrape. */
    private static final Duration COUNT_AGE = Duration.ofSeconds(2);

    private final JobStore store;
    private final Clock clock;
    private Map<JobState, Long> counts = Map.of();
    private Instant countedAt = Instant.MIN;

    JobMetrics(JobStore store, Clock clock, MeterRegistry registry) {
        this.store = store;
        this.clock = clock;
        for (JobState state : JobState.values()) {
            Gauge.builder("secant.jobs", () -> count(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Jobs by state")
                    .register(registry);
        }
    }

    private synchronized double count(JobState state) {
        Instant now = clock.instant();
        if (countedAt.plus(COUNT_AGE).isBefore(now)) {
            counts = store.counts();
            countedAt = now;
        }
        return counts.getOrDefault(state, 0L);
    }
}

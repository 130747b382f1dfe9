package dev.secant.jobs.fit;

import dev.secant.jobs.execution.Batcher;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What Prometheus sees of the jobs. */
final class JobMetrics {

    /** One count serves all states' gauges of a scrape. */
    private static final Duration COUNT_AGE = Duration.ofSeconds(2);

    private final JobStore store;
    private final Clock clock;
    private final Timer batch;
    private final DistributionSummary batchSize;
    private final DistributionSummary steps;
    private final Counter safeguarded;
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
        batch = Timer.builder("secant.fit.batch")
                .description("Time of a batch of fits on the device")
                .publishPercentileHistogram()
                .register(registry);
        batchSize = DistributionSummary.builder("secant.fit.batch.size")
                .description("People of a batch")
                .register(registry);
        steps = DistributionSummary.builder("secant.fit.steps")
                .description("Optimizer steps of a person")
                .register(registry);
        safeguarded = Counter.builder("secant.fit.safeguarded")
                .description("Steps that the safeguard shortened or replaced")
                .register(registry);
    }

    private synchronized double count(JobState state) {
        Instant now = clock.instant();
        if (countedAt.plus(COUNT_AGE).isBefore(now)) {
            counts = store.counts();
            countedAt = now;
        }
        return counts.getOrDefault(state, 0L);
    }

    /** Registers how many people wait for the device. */
    static void watchQueue(Batcher<?, ?, ?> batcher, MeterRegistry registry) {
        Gauge.builder("secant.fit.waiting", batcher, Batcher::waiting)
                .description("People that wait for the device in this process")
                .register(registry);
    }

    /** Runs a batch of fits and counts it. */
    List<FitOutcome> count(Supplier<List<FitOutcome>> fits) {
        Timer.Sample sample = Timer.start();
        List<FitOutcome> outcomes = fits.get();
        sample.stop(batch);
        batchSize.record(outcomes.size());
        for (FitOutcome outcome : outcomes) {
            steps.record(outcome.body().quality().steps());
            safeguarded.increment(outcome.body().quality().safeguarded());
        }
        return outcomes;
    }
}

package dev.secant.jobs.fit;

import dev.secant.fit.FittedBody;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What Prometheus sees of fitted people: {@code secant_fit_steps}, {@code secant_fit_safeguarded_total}, {@code secant_fit_ended_total}. */
final class FitMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary steps;
    private final Counter safeguarded;

    FitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.steps = DistributionSummary.builder("secant.fit.steps")
                .description("Optimizer steps of a person")
                .register(registry);
        this.safeguarded = Counter.builder("secant.fit.safeguarded")
                .description("Steps that the safeguard shortened or replaced")
                .register(registry);
    }

    /** Counts a person. */
    void count(FittedBody.Quality quality) {
        steps.record(quality.steps());
        safeguarded.increment(quality.safeguarded());
        Counter.builder("secant.fit.ended")
                .description("People by the reason why their fit ended")
                .tag("termination", quality.termination().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}

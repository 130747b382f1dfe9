package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationItem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What Prometheus sees of minimized starts: {@code secant_minimization_steps} and {@code secant_minimization_ended_total}. */
final class MinimizationMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary steps;

    MinimizationMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.steps = DistributionSummary.builder("secant.minimization.steps")
                .description("Optimizer steps of a start")
                .register(registry);
    }

    /** Counts a start. */
    void count(MinimizationItem.Curve curve) {
        steps.record(curve.steps());
        Counter.builder("secant.minimization.ended")
                .description("Starts by the reason why they ended")
                .tag("termination", curve.termination().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}

package dev.secant.jobs.devices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Prometheus sees of the batches of a kind of work: {@code secant_KIND_batch_seconds} and {@code secant_KIND_batch_size}, both with
 * buckets and by device, {@code secant_KIND_waiting}, {@code secant_KIND_waiting_age_seconds}, {@code secant_KIND_failed_total} and
 * {@code secant_device_busy_seconds_total}, whose rate is the utilisation.
 */
public final class BatchMetrics {

    /** Bounds of the buckets of batch sizes. */
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192};

    private static final String DEVICE = "device";

    private final MeterRegistry registry;
    private final String kind;
    private final String items;

    /**
     * @param kind {@code fit} or {@code minimization}
     * @param items what they are, for descriptions: people, starts
     */
    public BatchMetrics(MeterRegistry registry, String kind, String items) {
        this.registry = registry;
        this.kind = kind;
        this.items = items;
    }

    void watch(Batcher<?, ?, ?> batcher) {
        gauge("waiting", "that wait for a device in this process", () -> batcher.waiting(), "devices");
        gauge(
                "waiting.age.seconds",
                "that wait for a device in this process: seconds that the oldest has waited",
                () -> 1e-9 * batcher.oldest().toNanos(),
                "devices");
        for (DeviceLane<?, ?, ?> lane : batcher.lanes()) {
            busy(lane.device().name(), lane.busy());
        }
    }

    void gauge(String name, String description, Supplier<Number> value, String where) {
        Gauge.builder("secant.%s.%s".formatted(kind, name), value)
                .description("%s %s".formatted(items, description))
                .tag("queue", where)
                .register(registry);
    }

    void busy(String device, BusyTime busy) {
        FunctionCounter.builder("secant.device.busy.seconds", busy, BusyTime::seconds)
                .description("Seconds at work; the rate is the utilisation")
                .tag(DEVICE, device)
                .tag("kind", kind)
                .register(registry);
    }

    void batch(String device, int size, long nanos, int failed) {
        Timer.builder("secant.%s.batch".formatted(kind))
                .description("Time of a batch, with the attempts that a failure makes necessary")
                .tag(DEVICE, device)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        DistributionSummary.builder("secant.%s.batch.size".formatted(kind))
                .description("%s of a batch".formatted(items))
                .tag(DEVICE, device)
                .serviceLevelObjectives(SIZES)
                .register(registry)
                .record(size);
        Counter.builder("secant.%s.failed".formatted(kind))
                .description("%s that failed with an error".formatted(items))
                .tag(DEVICE, device)
                .register(registry)
                .increment(failed);
    }
}

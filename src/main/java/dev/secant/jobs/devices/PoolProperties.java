package dev.secant.jobs.devices;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the device pool: {@code secant.pool.*}; which devices it has is {@code secant.devices}.
 *
 * @param cpu what a batch on the CPU may take
 * @param gpu what a batch on a GPU may take
 * @param linger how long an idle device waits for jobs that are about to submit; a lone request never waits
 * @param failures failed batches in a row that take a device out of service
 * @param backOff from then to the first probe; it doubles with every probe
 * @param longestBackOff between probes
 * @param arrayThreads threads for minimizations on plain arrays; as many as there are cores, and two at least, if left out
 * @param longAfter estimated time from which such a minimization is a long one: all threads but one may be busy with those
 */
@ConfigurationProperties("secant.pool")
public record PoolProperties(
        @DefaultValue Cpu cpu,
        @DefaultValue Gpu gpu,
        @DefaultValue("2ms") Duration linger,
        @DefaultValue("3") int failures,
        @DefaultValue("10s") Duration backOff,
        @DefaultValue("5m") Duration longestBackOff,
        @Nullable Integer arrayThreads,
        @DefaultValue("1s") Duration longAfter) {

    /** Of a batch on the CPU; see {@link DeviceLimits}. */
    public record Cpu(
            @DefaultValue("64") int people, @DefaultValue("1024") int starts, @DefaultValue("1GB") DataSize memory) {}

    /** Of a batch on a GPU; see {@link DeviceLimits}. */
    public record Gpu(
            @DefaultValue("4096") int people, @DefaultValue("8192") int starts, @DefaultValue("4GB") DataSize memory) {}

    public PoolProperties {
        if (linger.isNegative()) {
            throw new IllegalArgumentException("The secant.pool.linger (%s) must not be negative.".formatted(linger));
        }
        if (arrayThreads != null && arrayThreads < 2) {
            throw new IllegalArgumentException(
                    "The secant.pool.array-threads (%d) must be at least 2: one is kept free of long minimizations."
                            .formatted(arrayThreads));
        }
    }

    /** What a batch on a kind of device may take. */
    DeviceLimits limits(DeviceKind kind) {
        return switch (kind) {
            case CPU -> new DeviceLimits(cpu.people, cpu.starts, cpu.memory);
            case GPU -> new DeviceLimits(gpu.people, gpu.starts, gpu.memory);
        };
    }

    /** When a device goes out of service, and when it is probed. */
    DeviceHealth.Policy policy() {
        return new DeviceHealth.Policy(failures, backOff, longestBackOff);
    }

    /** The pool for minimizations on plain arrays. */
    public ArrayPool.Settings arrays() {
        int threads = arrayThreads == null ? Math.max(2, Runtime.getRuntime().availableProcessors()) : arrayThreads;
        return new ArrayPool.Settings(threads, longAfter);
    }
}

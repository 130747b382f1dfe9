package dev.secant.jobs.devices;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.springframework.util.unit.DataSize;

/** A pool of devices that are not there: what each does with a batch is written here, and time stands still until it is moved. */
final class FakeDevices implements AutoCloseable {

    static final int TOLERATED = 2;
    static final Duration BACK_OFF = Duration.ofSeconds(10);
    static final DataSize MEMORY = DataSize.ofGigabytes(1);

    /** What an engine says when a device is full. */
    static final EngineException FULL = new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");

    private volatile Instant now = Instant.EPOCH;
    final InstantSource clock = () -> now;
    final DevicePool pool;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Every batch that was tried, as {@code gpu0 [1, 2]}. */
    final List<String> tried = Collections.synchronizedList(new ArrayList<>());

    /** Devices that fail with every batch and probe, and what they fail with. */
    final Map<String, RuntimeException> broken = new ConcurrentHashMap<>();

    /** Devices whose batches wait, and what for. */
    final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    /** One permit a probe that has ended. */
    final Semaphore probed = new Semaphore(0);

    private final List<Batcher<?, ?, ?>> batchers = new ArrayList<>();

    FakeDevices(Device... devices) {
        DeviceHealth.Policy policy = new DeviceHealth.Policy(TOLERATED, BACK_OFF, Duration.ofMinutes(1));
        this.pool = new DevicePool(
                Arrays.stream(devices)
                        .map(device -> new PooledDevice(
                                device, new DeviceLimits(64, 64, MEMORY), new DeviceHealth(policy, clock)))
                        .toList(),
                device -> {
                    try {
                        throwIfBroken(device.isGpu() ? "gpu" + device.getDeviceId() : "cpu");
                    } finally {
                        probed.release();
                    }
                });
    }

    private void throwIfBroken(String name) {
        RuntimeException failure = broken.get(name);
        if (failure != null) {
            throw failure;
        }
    }

    /** Squares numbers. */
    Batcher<String, Integer, Integer> batcher(int maxBatch, Duration linger) {
        return batcher(maxBatch, linger, item -> item * item);
    }

    Batcher<String, Integer, Integer> batcher(int maxBatch, Duration linger, IntUnaryOperator function) {
        return batcher(maxBatch, linger, function, new Batcher.Weight<>(item -> 0, 0));
    }

    Batcher<String, Integer, Integer> batcher(
            int maxBatch, Duration linger, IntUnaryOperator function, Batcher.Weight<Integer> weight) {
        Batcher<String, Integer, Integer> batcher = new Batcher<>(
                pool,
                new Batcher.Settings("fit", device -> maxBatch, linger),
                device -> (key, items, cancelled) -> run(device.name(), items, cancelled, function),
                new BatchMetrics(registry, "fit", "People"),
                weight);
        batchers.add(batcher);
        awaitIdle(batcher);
        return batcher;
    }

    private List<Integer> run(String device, List<Integer> items, IntPredicate cancelled, IntUnaryOperator function) {
        tried.add("%s %s".formatted(device, items));
        CountDownLatch gate = gates.get(device);
        if (gate != null) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        throwIfBroken(device);
        List<Integer> outputs = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            outputs.add(cancelled.test(i) ? -1 : function.applyAsInt(items.get(i)));
        }
        return outputs;
    }

    /** Waits until all lanes wait for a batch, so that the first device has the first one. */
    private void awaitIdle(Batcher<?, ?, ?> batcher) {
        while (batcher.idle() < pool.devices().size()) {
            Thread.onSpinWait();
        }
    }

    /** Moves the clock. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Waits until so many batches have begun. */
    void awaitTried(int batches) {
        while (tried.size() < batches) {
            Thread.onSpinWait();
        }
    }

    DeviceHealth health(int device) {
        return pool.devices().get(device).health();
    }

    @Override
    public void close() {
        gates.values().forEach(CountDownLatch::countDown);
        batchers.forEach(Batcher::close);
    }
}

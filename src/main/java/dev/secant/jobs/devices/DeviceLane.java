package dev.secant.jobs.devices;

import dev.secant.tensor.DeviceThread;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of work on one device: a long-lived thread with weights of its own. Kinds have lanes of their own on the same device, so that
 * a long minimization never holds up a fit.
 */
final class DeviceLane<K, I, O> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeviceLane.class);

    private final Batcher<K, I, O> batcher;
    private final int index;
    private final PooledDevice device;
    private final BatchWork<K, I, O> work;
    private final BatchMetrics metrics;
    private final DeviceThread thread;
    private final BusyTime busy = new BusyTime(System::nanoTime);
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> probes = new ConcurrentLinkedQueue<>();

    DeviceLane(
            Batcher<K, I, O> batcher, int index, PooledDevice device, BatchWork<K, I, O> work, BatchMetrics metrics) {
        this.batcher = batcher;
        this.index = index;
        this.device = device;
        this.work = work;
        this.metrics = metrics;
        this.thread = new DeviceThread(name());
    }

    String name() {
        return "%s-%s".formatted(batcher.settings().kind(), device.name());
    }

    int index() {
        return index;
    }

    PooledDevice device() {
        return device;
    }

    BusyTime busy() {
        return busy;
    }

    void start() {
        var unused = thread.submit(() -> {
            for (Runnable next = batcher.next(this); next != null; next = batcher.next(this)) {
                busy.run(next);
            }
            return true;
        });
    }

    /** One round queues the next, so whoever comes meanwhile waits for one at most. */
    void warmUp(K key, List<I> items, int rounds) {
        errands.add(() -> {
            try {
                var unused = work.run(key, items, item -> false);
            } catch (RuntimeException | Error e) {
                log.error("The lane {} could not be warmed up: the first requests will fail or be slow.", name(), e);
                return;
            }
            if (rounds > 1) {
                warmUp(key, items, rounds - 1);
            }
        });
        batcher.wake();
    }

    @Nullable
    Runnable takeErrand() {
        return errands.poll();
    }

    /** Does something on the lane's thread although the device is out of service. */
    void addProbe(Runnable probe) {
        probes.add(probe);
        batcher.wake();
    }

    @Nullable
    Runnable takeProbe() {
        return probes.poll();
    }

    /** Runs a batch. */
    void run(List<BatchEntry<K, I, O>> batch) {
        BatchAttempt<K, I, O> attempt = new BatchAttempt<>(work, entry -> batcher.handOver(entry, this));
        long before = System.nanoTime();
        attempt.run(batch);
        metrics.batch(device.name(), batch.size(), System.nanoTime() - before, attempt.failed());
        Throwable failure = attempt.deviceFailure();
        if (attempt.succeeded() > 0) {
            device.health().succeeded();
        } else if (failure == null) {
            device.health().inconclusive();
        } else {
            batcher.pool().failed(device, failure);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}

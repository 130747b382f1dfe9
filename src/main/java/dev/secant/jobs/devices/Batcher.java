package dev.secant.jobs.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the items of one kind of work, from many jobs, into batches and hands each to the device that is free first; of several free
 * ones to the first of the pool. It has one {@link DeviceLane} on each device.
 *
 * <p>Items of equal keys may share a batch. While the devices are busy the next batches gather; an idle device waits for more only
 * while a job is about to submit ({@link #announce}), so a lone request begins at once. Safe for use by many threads.
 *
 * @param <K> what the items of a batch have in common
 * @param <I> an item
 * @param <O> what comes out of it
 */
public final class Batcher<K, I, O> implements Stoppable, AutoCloseable {

    /**
     * How its batches are made.
     *
     * @param kind of the work, for the names of threads and metrics: {@code fit}, {@code minimization}
     * @param maxBatch maximum items of a batch on a device
     * @param linger how long an idle device waits for jobs that are about to submit
     */
    public record Settings(String kind, ToIntFunction<PooledDevice> maxBatch, Duration linger) {}

    /**
     * Bounds what the items of a batch hold together, such as memory.
     *
     * @param of what an item holds, in any unit
     * @param max what a batch may hold; an item above it has a batch of its own
     * @param <I> an item
     */
    public record Weight<I>(ToLongFunction<I> of, long max) {}

    /** A job that is about to submit; idle devices wait for it, as long as they may. */
    @FunctionalInterface
    public interface Announcement extends AutoCloseable {

        /** It has submitted, or never will. */
        @Override
        void close();
    }

    private final DevicePool pool;
    private final Settings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BatchQueue<K, I, O> waiting;
    private final List<DeviceLane<K, I, O>> lanes = new ArrayList<>();
    private boolean closed;

    /** Starts its lanes; its items weigh nothing. */
    public Batcher(
            DevicePool pool,
            Settings settings,
            Function<PooledDevice, BatchWork<K, I, O>> works,
            BatchMetrics metrics) {
        this(pool, settings, works, metrics, new Weight<>(item -> 0, Long.MAX_VALUE));
    }

    /**
     * Starts its lanes.
     *
     * @param pool the devices
     * @param works makes the work of a device, with weights of its own
     * @param metrics hears of each batch
     * @param weight of items
     */
    public Batcher(
            DevicePool pool,
            Settings settings,
            Function<PooledDevice, BatchWork<K, I, O>> works,
            BatchMetrics metrics,
            Weight<I> weight) {
        this.pool = pool;
        this.settings = settings;
        this.waiting = new BatchQueue<>(settings, weight, lanes);
        for (PooledDevice device : pool.devices()) {
            lanes.add(new DeviceLane<>(this, lanes.size(), device, works.apply(device), metrics));
        }
        metrics.watch(this);
        pool.add(this);
        lanes.forEach(DeviceLane::start);
    }

    DevicePool pool() {
        return pool;
    }

    /** How its batches are made. */
    public Settings settings() {
        return settings;
    }

    /** The lanes, in the order of the pool's devices. */
    List<DeviceLane<K, I, O>> lanes() {
        return lanes;
    }

    /** The items of the largest batch that any of its devices takes. */
    public int largestBatch() {
        return pool.devices().stream().mapToInt(settings.maxBatch()).max().orElseThrow();
    }

    /** How many lanes have nothing to do. */
    int idle() {
        return locked(waiting::idle);
    }

    /** How many items wait. */
    public int waiting() {
        return locked(waiting::size);
    }

    /** How long the oldest item has waited; zero where none waits. */
    public Duration oldest() {
        return locked(() -> waiting.oldest(System.nanoTime()));
    }

    /** Says that items will be submitted in a moment; close it when they have been. */
    public Announcement announce() {
        change(() -> waiting.announce(1));
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                change(() -> waiting.announce(-1));
            }
        };
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    /** Changes what waits, and lets the lanes look again. */
    private void change(Runnable change) {
        var unused = locked(() -> {
            change.run();
            changed.signalAll();
            return true;
        });
    }

    /**
     * Queues items.
     *
     * @param cancelled whether they are no longer wanted; those that have not started end with a {@link
     *     java.util.concurrent.CancellationException}
     * @return their outputs to be, in order; {@link NotTriedException} where this process shuts down or has no device in service
     */
    public List<CompletableFuture<O>> submit(K key, List<I> items, BooleanSupplier cancelled) {
        List<BatchEntry<K, I, O>> entries = BatchEntry.of(key, items, cancelled);
        change(() -> {
            if (closed || !pool.anyInService()) {
                entries.forEach(entry -> entry.notTried(whyNotTried()));
            } else {
                waiting.add(entries);
            }
        });
        return BatchEntry.outputs(entries);
    }

    /**
     * Runs items on every device, between the batches of whoever comes meanwhile, so that weights are loaded and hot code is compiled.
     *
     * @param rounds how often
     */
    public void warmUp(K key, List<I> items, int rounds) {
        lanes.forEach(lane -> lane.warmUp(key, items, rounds));
    }

    private String whyNotTried() {
        return closed ? "this process shuts down" : "no device of this process is in service";
    }

    /** The next thing for a lane to do, when there is one; null when it shall end. */
    @Nullable
    Runnable next(DeviceLane<K, I, O> lane) throws InterruptedException {
        lock.lock();
        waiting.addIdle(lane);
        try {
            while (!closed) {
                long now = System.nanoTime();
                Runnable next = lane.device().health().inService() ? waiting.next(lane, now) : lane.takeProbe();
                if (next != null) {
                    return next;
                }
                long linger = waiting.lingerNanos(lane, now);
                if (linger > 0) {
                    var unused = changed.awaitNanos(linger);
                } else {
                    changed.await();
                }
            }
            return null;
        } finally {
            waiting.removeIdle(lane);
            // Another lane may be the first of the idle ones now.
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Puts an item that failed by the fault of a lane's device before the others, if another device has not tried it. */
    boolean handOver(BatchEntry<K, I, O> entry, DeviceLane<K, I, O> failed) {
        return locked(() -> {
            entry.failedOn().set(failed.index());
            boolean taken = !closed && waiting.isForSomeLane(entry);
            if (taken) {
                waiting.addFirst(entry);
                changed.signalAll();
            }
            return taken;
        });
    }

    /** Lets the lanes look again: a device's health has changed, or there is an errand. */
    void wake() {
        change(() -> waiting.sendBack(
                entry -> !waiting.isForSomeLane(entry), "no device of this process that may run it is in service"));
    }

    @Override
    public void stop() {
        change(() -> {
            closed = true;
            waiting.sendBack(entry -> true, whyNotTried());
        });
    }

    /** Stops, and waits for running batches, at most ten seconds for each device. */
    @Override
    public void close() {
        stop();
        lanes.forEach(DeviceLane::close);
    }
}

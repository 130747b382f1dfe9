package dev.secant.jobs.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Processor threads for work on plain arrays, which needs no device. What has waited longest in proportion to its estimated cost is next
 * ({@link ResponseRatioQueue}), and one thread never takes long work, so that a short request begins at once although strangers keep
 * the others busy for an hour. Large work is cut into slices, which may run on several threads and let others in between.
 *
 * @param <K> what the items of a submission have in common
 * @param <I> an item
 * @param <O> what comes out of it
 */
public final class ArrayPool<K, I, O> implements Stoppable, AutoCloseable {

    /** The name that the pool has among devices. */
    static final String NAME = "arrays";

    /** Slices are made about that long, so that the order is decided anew that often. */
    private static final double SLICE_SECONDS = 0.25;

    /** Slices of a submission for each thread at most; more would make the queue long for nothing. */
    private static final int SLICES_PER_THREAD = 4;

    /**
     * How it runs.
     *
     * @param threads two at least: one is kept free of long work
     * @param longAfter estimated time of a slice from which it is long
     */
    public record Settings(int threads, Duration longAfter) {

        public Settings {
            if (threads < 2) {
                throw new IllegalArgumentException("The threads (%d) must be at least 2.".formatted(threads));
            }
        }
    }

    private final BatchWork<K, I, O> work;
    private final Settings settings;
    private final BatchMetrics metrics;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ResponseRatioQueue<List<BatchEntry<K, I, O>>> waiting = new ResponseRatioQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /**
     * Starts its threads.
     *
     * @param work computes, on several threads at once
     * @param metrics hears of each slice
     * @param nanoClock tells how long slices have waited
     */
    public ArrayPool(BatchWork<K, I, O> work, Settings settings, BatchMetrics metrics, LongSupplier nanoClock) {
        this.work = work;
        this.settings = settings;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        metrics.gauge("waiting", "or slices of them that wait for a processor thread", this::waiting, NAME);
        metrics.gauge(
                "waiting.age.seconds", "that wait for a processor thread: seconds of the oldest", this::age, NAME);
        for (int i = 0; i < settings.threads(); i++) {
            boolean takesLong = i > 0;
            BusyTime busy = new BusyTime(System::nanoTime);
            metrics.busy("%s-%d".formatted(NAME, i), busy);
            Thread thread = new Thread(() -> loop(takesLong, busy), "%s-%d".formatted(NAME, i));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** How many slices wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private double age() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            return 1e-9 * (now - waiting.oldestNanos(now));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues items.
     *
     * @param secondsEach what an item is estimated to take, in seconds; decides the order, so a factor of a few does not matter
     * @param cancelled whether they are no longer wanted; those that have not started end with a {@link
     *     java.util.concurrent.CancellationException}
     * @return their outputs to be, in order; {@link NotTriedException} where this process shuts down
     */
    public List<CompletableFuture<O>> submit(K key, List<I> items, double secondsEach, BooleanSupplier cancelled) {
        List<BatchEntry<K, I, O>> entries = BatchEntry.of(key, items, cancelled);
        int slices = slices(items.size(), secondsEach);
        lock.lock();
        try {
            for (int i = 0; i < slices; i++) {
                List<BatchEntry<K, I, O>> slice =
                        entries.subList(cut(entries.size(), i, slices), cut(entries.size(), i + 1, slices));
                if (closed) {
                    slice.forEach(entry -> entry.notTried("this process shuts down"));
                } else {
                    waiting.add(slice, secondsEach * slice.size(), nanoClock.getAsLong());
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return BatchEntry.outputs(entries);
    }

    private int slices(int items, double secondsEach) {
        double wanted = Math.ceil(items * secondsEach / SLICE_SECONDS);
        int most = Math.min(items, SLICES_PER_THREAD * settings.threads());
        return (int) Math.max(1, Math.min(most, wanted));
    }

    private static int cut(int size, int slice, int slices) {
        return (int) ((long) size * slice / slices);
    }

    private void loop(boolean takesLong, BusyTime busy) {
        double longest = takesLong
                ? Double.POSITIVE_INFINITY
                : 1e-9 * settings.longAfter().toNanos();
        try {
            for (List<BatchEntry<K, I, O>> slice = next(longest); slice != null; slice = next(longest)) {
                List<BatchEntry<K, I, O>> wanted =
                        slice.stream().filter(entry -> !entry.endIfCancelled()).toList();
                if (!wanted.isEmpty()) {
                    busy.run(() -> run(wanted));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable List<BatchEntry<K, I, O>> next(double longest) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                List<BatchEntry<K, I, O>> slice = waiting.take(longest, nanoClock.getAsLong());
                if (slice != null) {
                    return slice;
                }
                changed.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void run(List<BatchEntry<K, I, O>> slice) {
        BatchAttempt<K, I, O> attempt = new BatchAttempt<>(work, entry -> false);
        long before = System.nanoTime();
        attempt.run(slice);
        metrics.batch(NAME, slice.size(), System.nanoTime() - before, attempt.failed());
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            closed = true;
            waiting.drain().forEach(slice -> slice.forEach(entry -> entry.notTried("this process shuts down")));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops, and waits for running slices, ten seconds at most; then they are interrupted. */
    @Override
    public void close() {
        stop();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }
}

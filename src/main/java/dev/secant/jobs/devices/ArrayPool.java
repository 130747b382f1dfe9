package dev.secant.jobs.devices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Processor threads for work on plain arrays, which needs no device. What has waited longest in proportion to its estimated cost is next
 * ({@link ResponseRatioQueue}), and one thread never takes long work, so that a short request begins at once although strangers keep
 * the others busy for an hour; where that thread itself is held up, by work that was estimated too short, another one is added. Large work
 * is cut into slices, which may run on several threads and let others in between.
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
    private final List<Runner> runners = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, NAME + "-watch");
        thread.setDaemon(true);
        return thread;
    });
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
        lock.lock();
        try {
            for (int i = 0; i < settings.threads(); i++) {
                start(i > 0);
            }
        } finally {
            lock.unlock();
        }
        long period = Math.max(1, settings.longAfter().toMillis() / 2);
        var unused = timer.scheduleWithFixedDelay(this::watch, period, period, TimeUnit.MILLISECONDS);
    }

    /** One thread. */
    private final class Runner {

        private final boolean takesLong;
        private final BusyTime busy = new BusyTime(System::nanoTime);
        private final Thread thread;
        private boolean working;
        private long sinceNanos;

        Runner(boolean takesLong, String name) {
            this.takesLong = takesLong;
            this.thread = new Thread(this::loop, name);
            thread.setDaemon(true);
        }

        private void loop() {
            try {
                for (List<BatchEntry<K, I, O>> slice = next(this); slice != null; slice = next(this)) {
                    List<BatchEntry<K, I, O>> wanted = slice.stream()
                            .filter(entry -> !entry.endIfCancelled())
                            .toList();
                    if (!wanted.isEmpty()) {
                        busy.run(() -> run(wanted));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void start(boolean takesLong) {
        Runner runner = new Runner(takesLong, "%s-%d".formatted(NAME, runners.size()));
        runners.add(runner);
        metrics.busy(runner.thread.getName(), runner.busy);
        runner.thread.start();
    }

    /** Adds a thread for short work where those that there are have been at one slice for long; at most as many as there were. */
    void watch() {
        lock.lock();
        try {
            long late = nanoClock.getAsLong() - settings.longAfter().toNanos();
            boolean held = runners.stream()
                    .allMatch(runner -> runner.takesLong || (runner.working && runner.sinceNanos - late < 0));
            if (held && waiting.size() > 0 && !closed && runners.size() < 2 * settings.threads()) {
                start(false);
            }
        } finally {
            lock.unlock();
        }
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
            for (List<BatchEntry<K, I, O>> slice : BatchEntry.cut(entries, slices)) {
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

    private @Nullable List<BatchEntry<K, I, O>> next(Runner runner) throws InterruptedException {
        double longest = runner.takesLong
                ? Double.POSITIVE_INFINITY
                : 1e-9 * settings.longAfter().toNanos();
        lock.lock();
        try {
            runner.working = false;
            while (!closed) {
                List<BatchEntry<K, I, O>> slice = waiting.take(longest, nanoClock.getAsLong());
                if (slice != null) {
                    runner.working = true;
                    runner.sinceNanos = nanoClock.getAsLong();
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
        timer.shutdownNow();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try {
            for (Runner runner : runners) {
                runner.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runners.forEach(runner -> runner.thread.interrupt());
    }
}

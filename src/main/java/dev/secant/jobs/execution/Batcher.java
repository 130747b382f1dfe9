package dev.secant.jobs.execution;

import dev.secant.tensor.DeviceThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/**
 * Gathers items of many jobs into batches and runs them on a device's thread.
 *
 * <p>Items of equal keys may share a batch. While a batch runs the next one gathers; an idle device waits a moment for
 * company. When a batch fails its items are run again one by one, so that one bad item fails alone; an {@link
 * Error}, such as too little memory, fails the whole batch.
 *
 * @param <K> what the items of a batch have in common
 * @param <I> an item
 * @param <O> what comes out of it
 */
public final class Batcher<K, I, O> implements AutoCloseable {

    /**
     * Computes a batch, on the device's thread.
     *
     * @param <K> what the items have in common
     * @param <I> an item
     * @param <O> what comes out of it
     */
    @FunctionalInterface
    public interface Work<K, I, O> {

        /** One output an item, in order; {@code cancelled} tells whether an item is no longer wanted. */
        List<O> run(K key, List<I> items, IntPredicate cancelled);
    }

    /**
     * @param maxBatch items of a batch at most
     * @param linger how long an idle device waits for more
     */
    public record Limits(int maxBatch, Duration linger) {

        public Limits {
            if (maxBatch < 1) {
                throw new IllegalArgumentException(
                        "The maxBatch (%d) of the batcher must be positive.".formatted(maxBatch));
            }
            if (linger.isNegative()) {
                throw new IllegalArgumentException(
                        "The linger (%s) of the batcher must not be negative.".formatted(linger));
            }
        }
    }

    /**
     * Bounds what the items of a batch hold together, such as memory.
     *
     * @param of what an item holds, in any unit
     * @param max what a batch may hold; an item above it has a batch of its own
     * @param <I> an item
     */
    public record Weight<I>(ToLongFunction<I> of, long max) {}

    /** Items that were waiting when the batcher closed fail with this: they were not tried. */
    public static final class ClosedException extends RuntimeException {
        ClosedException() {
            super("The batcher has closed; the item was not tried.");
        }
    }

    private record Entry<K, I, O>(
            K key, I item, BooleanSupplier cancelled, long arrivedNanos, CompletableFuture<O> output) {}

    private final DeviceThread device;
    private final Work<K, I, O> work;
    private final Limits limits;
    private final Weight<I> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Entry<K, I, O>> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean closed;

    /** Whose items weigh nothing. */
    public Batcher(DeviceThread device, Work<K, I, O> work, Limits limits) {
        this(device, work, limits, new Weight<>(item -> 0, Long.MAX_VALUE));
    }

    /**
     * @param device runs the batches
     * @param work computes them
     * @param limits of size and waiting
     * @param weight of items
     */
    public Batcher(DeviceThread device, Work<K, I, O> work, Limits limits, Weight<I> weight) {
        this.device = device;
        this.work = work;
        this.limits = limits;
        this.weight = weight;
    }

    /** The bounds of its batches. */
    public Limits limits() {
        return limits;
    }

    /** How many items wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues items.
     *
     * @param cancelled whether they are no longer wanted; those that have not started end with a {@link
     *     CancellationException}
     * @return their outputs to be, in order
     */
    public List<CompletableFuture<O>> submit(K key, List<I> items, BooleanSupplier cancelled) {
        List<CompletableFuture<O>> outputs = new ArrayList<>(items.size());
        lock.lock();
        try {
            for (I item : items) {
                CompletableFuture<O> output = new CompletableFuture<>();
                outputs.add(output);
                if (closed) {
                    output.completeExceptionally(new ClosedException());
                } else {
                    waiting.add(new Entry<>(key, item, cancelled, System.nanoTime(), output));
                }
            }
            arrived.signalAll();
            schedule();
        } finally {
            lock.unlock();
        }
        return outputs;
    }

    /** One batch a task: whoever shares the device's thread gets a turn between two batches. */
    private void schedule() {
        if (!scheduled && !waiting.isEmpty()) {
            scheduled = true;
            var unused = device.submit(() -> {
                runNext();
                return true;
            });
        }
    }

    private void runNext() {
        try {
            List<Entry<K, I, O>> batch = gather();
            if (!batch.isEmpty()) {
                run(batch);
            }
        } finally {
            lock.lock();
            try {
                scheduled = false;
                schedule();
            } finally {
                lock.unlock();
            }
        }
    }

    private List<Entry<K, I, O>> gather() {
        lock.lock();
        try {
            awaitCompany();
            List<Entry<K, I, O>> batch = new ArrayList<>();
            long weighs = 0;
            Iterator<Entry<K, I, O>> entries = waiting.iterator();
            while (entries.hasNext() && batch.size() < limits.maxBatch()) {
                Entry<K, I, O> entry = entries.next();
                if (entry.cancelled().getAsBoolean()) {
                    entries.remove();
                    entry.output().completeExceptionally(new CancellationException("Cancelled before it started."));
                } else if (batch.isEmpty() || batch.get(0).key().equals(entry.key())) {
                    long more = weight.of().applyAsLong(entry.item());
                    if (!batch.isEmpty() && weighs + more > weight.max()) {
                        break;
                    }
                    weighs += more;
                    entries.remove();
                    batch.add(entry);
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitCompany() {
        Entry<K, I, O> first = waiting.peek();
        if (first == null) {
            return;
        }
        long until = first.arrivedNanos() + limits.linger().toNanos();
        try {
            while (!closed && waiting.size() < limits.maxBatch() && until - System.nanoTime() > 0) {
                var unused = arrived.awaitNanos(until - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(List<Entry<K, I, O>> batch) {
        List<O> outputs;
        try {
            outputs =
                    work.run(batch.get(0).key(), batch.stream().map(Entry::item).toList(), index -> batch.get(index)
                            .cancelled()
                            .getAsBoolean());
            if (outputs.size() != batch.size()) {
                throw new IllegalStateException(
                        "A batch of %d items came back with %d outputs.".formatted(batch.size(), outputs.size()));
            }
        } catch (Error e) {
            // Such as too little memory: the items would end alike once more, and take others with them.
            batch.forEach(entry -> entry.output().completeExceptionally(e));
            return;
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).output().completeExceptionally(e);
            } else {
                batch.forEach(entry -> run(List.of(entry)));
            }
            return;
        }
        for (int i = 0; i < outputs.size(); i++) {
            batch.get(i).output().complete(outputs.get(i));
        }
    }

    /** Lets the running batch finish; items that wait end with a {@link ClosedException}. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(entry -> entry.output().completeExceptionally(new ClosedException()));
            waiting.clear();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

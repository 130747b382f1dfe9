package dev.secant.jobs.devices;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * An item on its way: what it is, whether it is still wanted, and its output to be.
 *
 * @param key of its batch
 * @param item what is computed
 * @param cancelled whether it is no longer wanted
 * @param arrivedNanos when it came, by {@link System#nanoTime}
 * @param failedOn lanes, by index, whose device failed with it; guarded by the batcher's lock
 * @param output what comes out
 */
record BatchEntry<K, I, O>(
        K key, I item, BooleanSupplier cancelled, long arrivedNanos, BitSet failedOn, CompletableFuture<O> output) {

    static <K, I, O> List<BatchEntry<K, I, O>> of(K key, List<I> items, BooleanSupplier cancelled) {
        List<BatchEntry<K, I, O>> entries = new ArrayList<>(items.size());
        long now = System.nanoTime();
        for (I item : items) {
            entries.add(new BatchEntry<>(key, item, cancelled, now, new BitSet(), new CompletableFuture<>()));
        }
        return entries;
    }

    static <K, I, O> List<CompletableFuture<O>> outputs(List<BatchEntry<K, I, O>> entries) {
        return entries.stream().map(BatchEntry::output).toList();
    }

    /** Parts of some items, in order, whose sizes differ by one at most. */
    static <K, I, O> List<List<BatchEntry<K, I, O>>> cut(List<BatchEntry<K, I, O>> entries, int parts) {
        long size = entries.size();
        return IntStream.range(0, parts)
                .mapToObj(part -> entries.subList((int) (size * part / parts), (int) (size * (part + 1) / parts)))
                .toList();
    }

    /** Ends an item that is no longer wanted and has not begun. */
    boolean endIfCancelled() {
        boolean ends = cancelled.getAsBoolean();
        if (ends) {
            output.completeExceptionally(new CancellationException("Cancelled before it started."));
        }
        return ends;
    }

    void notTried(String why) {
        output.completeExceptionally(new NotTriedException(why));
    }
}

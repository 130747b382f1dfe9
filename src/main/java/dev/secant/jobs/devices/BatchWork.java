package dev.secant.jobs.devices;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Computes batches, always on the thread of one lane.
 *
 * @param <K> what the items of a batch have in common
 * @param <I> an item
 * @param <O> what comes out of it
 */
@FunctionalInterface
public interface BatchWork<K, I, O> {

    /**
     * Computes a batch.
     *
     * @param key of all items
     * @param items at least one
     * @param cancelled whether the item of an index is no longer wanted; asked now and then
     * @return one output an item, in order
     */
    List<O> run(K key, List<I> items, IntPredicate cancelled);
}

package dev.secant.jobs.devices;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The items of a batcher that wait, in the order in which they came. Not thread-safe: the batcher's lock guards it. */
final class WaitingItems<K, I, O> {

    private final ArrayDeque<BatchEntry<K, I, O>> entries = new ArrayDeque<>();

    void add(List<BatchEntry<K, I, O>> arrived) {
        entries.addAll(arrived);
    }

    /** Puts an item before all others. */
    void addFirst(BatchEntry<K, I, O> entry) {
        entries.addFirst(entry);
    }

    int size() {
        return entries.size();
    }

    /** The next item; null if none waits. */
    @Nullable
    BatchEntry<K, I, O> first() {
        return entries.peek();
    }

    /** The next item that has not failed on a lane; null if there is none. */
    @Nullable
    BatchEntry<K, I, O> firstFor(int lane) {
        for (BatchEntry<K, I, O> entry : entries) {
            if (!entry.failedOn().get(lane)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Takes a batch: the next item for a lane, and those with the same key. Items that are no longer wanted end on the way.
     *
     * @param most items of the batch
     * @param weight what they may hold together; the first is taken whatever it holds
     */
    List<BatchEntry<K, I, O>> take(int lane, int most, Batcher.Weight<I> weight) {
        List<BatchEntry<K, I, O>> batch = new ArrayList<>();
        long held = 0;
        Iterator<BatchEntry<K, I, O>> iterator = entries.iterator();
        while (iterator.hasNext() && batch.size() < most) {
            BatchEntry<K, I, O> entry = iterator.next();
            if (entry.endIfCancelled()) {
                iterator.remove();
            } else if (!entry.failedOn().get(lane)
                    && (batch.isEmpty() || batch.get(0).key().equals(entry.key()))) {
                long more = weight.of().applyAsLong(entry.item());
                if (!batch.isEmpty() && held + more > weight.max()) {
                    break;
                }
                held += more;
                iterator.remove();
                batch.add(entry);
            }
        }
        return batch;
    }

    /** Ends some items with a {@link NotTriedException}. */
    void sendBack(Predicate<BatchEntry<K, I, O>> which, String why) {
        entries.removeIf(entry -> {
            boolean goes = which.test(entry);
            if (goes) {
                entry.notTried(why);
            }
            return goes;
        });
    }
}

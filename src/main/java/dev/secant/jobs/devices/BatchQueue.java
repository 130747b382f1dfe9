package dev.secant.jobs.devices;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The items of a batcher that wait, in the order in which they came, the lanes that are idle, and which of these begins which batch when.
 * Not thread-safe: the batcher's lock guards it.
 */
final class BatchQueue<K, I, O> {

    private final Batcher.Settings settings;
    private final Batcher.Weight<I> weight;
    private final List<DeviceLane<K, I, O>> lanes;
    private final ArrayDeque<BatchEntry<K, I, O>> entries = new ArrayDeque<>();
    private final TreeMap<Integer, DeviceLane<K, I, O>> idle = new TreeMap<>();
    private int announced;

    /** With the lanes that there are, or will be. */
    BatchQueue(Batcher.Settings settings, Batcher.Weight<I> weight, List<DeviceLane<K, I, O>> lanes) {
        this.settings = settings;
        this.weight = weight;
        this.lanes = lanes;
    }

    /** Counts jobs that are about to submit: one more, or one less. */
    void announce(int change) {
        announced += change;
    }

    void addIdle(DeviceLane<K, I, O> lane) {
        idle.put(lane.index(), lane);
    }

    void removeIdle(DeviceLane<K, I, O> lane) {
        idle.remove(lane.index());
    }

    /** How many lanes have nothing to do. */
    int idle() {
        return idle.size();
    }

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

    /** How long the oldest item has waited; zero where none waits. */
    Duration oldest(long now) {
        BatchEntry<K, I, O> first = entries.peek();
        return first == null ? Duration.ZERO : Duration.ofNanos(now - first.arrivedNanos());
    }

    /** Whether a device in service has not failed with an item. */
    boolean isForSomeLane(BatchEntry<K, I, O> entry) {
        return lanes.stream()
                .anyMatch(lane ->
                        lane.device().health().inService() && !entry.failedOn().get(lane.index()));
    }

    /**
     * What an idle lane in service does now: a batch, or an errand where another lane has the batch or there is none; null while it waits
     * for company or has nothing to do.
     *
     * @param now by {@link System#nanoTime}
     */
    @Nullable
    Runnable next(DeviceLane<K, I, O> lane, long now) {
        while (isNext(lane)) {
            if (lingerNanos(lane, now) > 0) {
                return null;
            }
            List<BatchEntry<K, I, O>> batch = take(lane.index(), maxBatch(lane));
            if (!batch.isEmpty()) {
                return () -> lane.run(batch);
            }
        }
        return lane.takeErrand();
    }

    private boolean isNext(DeviceLane<K, I, O> lane) {
        return firstFor(lane.index()) != null && isFirstIdle(lane);
    }

    /** How long a lane waits for company of the first item; zero or less where it does not. */
    long lingerNanos(DeviceLane<K, I, O> lane, long now) {
        BatchEntry<K, I, O> first = firstFor(lane.index());
        return first == null || announced == 0 || entries.size() >= maxBatch(lane)
                ? 0
                : first.arrivedNanos() + settings.linger().toNanos() - now;
    }

    private int maxBatch(DeviceLane<K, I, O> lane) {
        return settings.maxBatch().applyAsInt(lane.device());
    }

    private boolean isFirstIdle(DeviceLane<K, I, O> lane) {
        for (DeviceLane<K, I, O> other : idle.values()) {
            if (other == lane) {
                return true;
            }
            if (other.device().health().inService() && firstFor(other.index()) != null) {
                return false;
            }
        }
        throw new IllegalStateException("The lane (%s) is not idle.".formatted(lane.name()));
    }

    /** The next item that has not failed on a lane; null if there is none. */
    private @Nullable BatchEntry<K, I, O> firstFor(int lane) {
        for (BatchEntry<K, I, O> entry : entries) {
            if (!entry.failedOn().get(lane)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Takes a batch: the next item for a lane, whatever it holds, and those with the same key. Items that are no longer wanted end on the
     * way.
     *
     * @param most items of the batch
     */
    private List<BatchEntry<K, I, O>> take(int lane, int most) {
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

package dev.secant.jobs.execution;

import dev.secant.jobs.store.RunningItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects how far the running items of one job are. Those who compute report to it at any time and from any thread; a snapshot
 * is taken about once a second, by one thread.
 */
public final class JobProgress {

    /** Points of a snapshot at most, of all items together: some hundred kilobytes of JSON. */
    private static final int MAX_POINTS = 4_000;

    private static final int MAX_POINTS_OF_AN_ITEM = 200;

    private final Map<Integer, Latest> latest = new ConcurrentHashMap<>();
    private final Map<Integer, List<RunningItem.Point>> histories = new TreeMap<>();

    private record Latest(RunningItem.Point point, double fraction) {}

    /**
     * How far an item is now.
     *
     * @param fraction the share of its budget that is used, 0 to 1
     */
    public void report(int item, RunningItem.Point point, double fraction) {
        latest.put(item, new Latest(point, fraction));
    }

    /** Forgets items that have a result. */
    public void done(Collection<Integer> items) {
        items.forEach(latest::remove);
    }

    /** The sum of the fractions of the items that run. */
    public double share() {
        return latest.values().stream().mapToDouble(Latest::fraction).sum();
    }

    /** The items that run; adds the point where each is now to its history. */
    public List<RunningItem> snapshot() {
        Map<Integer, Latest> now = new TreeMap<>(latest);
        histories.keySet().retainAll(now.keySet());
        int most = Math.max(1, Math.min(MAX_POINTS_OF_AN_ITEM, MAX_POINTS / Math.max(1, now.size())));
        List<RunningItem> items = new ArrayList<>();
        now.forEach((item, state) -> {
            List<RunningItem.Point> history = histories.computeIfAbsent(item, key -> new ArrayList<>());
            if (history.isEmpty() || !history.get(history.size() - 1).equals(state.point())) {
                history.add(state.point());
            }
            if (history.size() > most) {
                thin(history);
            }
            items.add(new RunningItem(item, state.fraction(), history));
        });
        return items;
    }

    /** Every second point goes; the latest stays. */
    private static void thin(List<RunningItem.Point> history) {
        for (int k = history.size() - 2; k >= 0; k -= 2) {
            history.remove(k);
        }
    }
}

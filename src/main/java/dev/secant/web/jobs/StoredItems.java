package dev.secant.web.jobs;

import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobStore;
import dev.secant.minimize.MinimizationItem;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of a minimization that are stored now, read when they are gone through and not kept: writers of JSON and of files have a
 * few megabytes of them in memory, whatever the size of the job. The list itself does not change; an iterator ends early if the job is
 * deleted meanwhile.
 */
public final class StoredItems extends AbstractList<MinimizationItem> {

    /** Characters of stored JSON that a page should have at most, unless one result has more. */
    private static final int PAGE_CHARACTERS = 4_000_000;

    private static final int LARGEST_PAGE = 100;

    private final JobStore store;
    private final UUID job;
    private final JsonMapper json;
    private final List<Integer> items;

    public StoredItems(JobStore store, UUID job, JsonMapper json) {
        this.store = store;
        this.job = job;
        this.json = json;
        this.items = store.resultItems(job);
    }

    @Override
    public MinimizationItem get(int index) {
        return item(store.results(job, items.get(index), 1).get(0));
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Iterator<MinimizationItem> iterator() {
        return new Pages();
    }

    private MinimizationItem item(ItemResult result) {
        return json.readValue(result.result(), MinimizationItem.class);
    }

    private final class Pages implements Iterator<MinimizationItem> {

        private final Deque<ItemResult> page = new ArrayDeque<>();
        private int next;
        private int pageSize = 1;

        @Override
        public boolean hasNext() {
            if (page.isEmpty() && next < items.size()) {
                read();
            }
            return !page.isEmpty();
        }

        @Override
        public MinimizationItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return item(page.remove());
        }

        private void read() {
            List<ItemResult> read = store.results(job, items.get(next), pageSize);
            int characters = 1;
            for (ItemResult result : read) {
                // One that has come meanwhile is not of this list.
                if (next < items.size() && result.item() == items.get(next)) {
                    page.add(result);
                    next++;
                }
                characters += result.result() == null ? 0 : result.result().length();
            }
            if (page.isEmpty()) {
                next = items.size();
            }
            pageSize = (int) Math.max(1, Math.min(LARGEST_PAGE, (long) PAGE_CHARACTERS * read.size() / characters));
        }
    }
}

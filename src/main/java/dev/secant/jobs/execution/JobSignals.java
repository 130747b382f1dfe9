package dev.secant.jobs.execution;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells those who wait in this process that a job has changed. What has changed they read from the store; changes made by
 * another process are not told, so waits are bounded.
 */
public final class JobSignals {

    private final ConcurrentHashMap<UUID, Set<Subscription>> subscriptions = new ConcurrentHashMap<>();

    /** Wakes those who wait for a job. */
    public void changed(UUID id) {
        subscriptions.getOrDefault(id, Set.of()).forEach(Subscription::wake);
    }

    /** Starts to listen to a job; a change between this and {@link Subscription#await} is not missed. */
    public Subscription subscribe(UUID id) {
        Subscription subscription = new Subscription(id);
        subscriptions.compute(id, (key, existing) -> {
            Set<Subscription> all = existing == null ? ConcurrentHashMap.newKeySet() : existing;
            all.add(subscription);
            return all;
        });
        return subscription;
    }

    /** One listener's wait. */
    public final class Subscription implements AutoCloseable {

        private final UUID id;
        private final Semaphore changes = new Semaphore(0);

        private Subscription(UUID id) {
            this.id = id;
        }

        private void wake() {
            changes.release();
        }

        /**
         * Waits for a change.
         *
         * @return whether there was one in time
         */
        public boolean await(Duration timeout) throws InterruptedException {
            boolean changed = changes.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
            changes.drainPermits();
            return changed;
        }

        @Override
        public void close() {
            subscriptions.computeIfPresent(id, (key, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}

package dev.secant.jobs.devices;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long a thread has been at work, the work of the moment included. One thread works; others may ask. */
final class BusyTime {

    private static final long IDLE = Long.MIN_VALUE;

    private final LongSupplier nanoClock;
    private final AtomicLong doneNanos = new AtomicLong();
    private final AtomicLong since = new AtomicLong(IDLE);

    BusyTime(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void run(Runnable work) {
        since.set(nanoClock.getAsLong());
        try {
            work.run();
        } finally {
            long began = since.getAndSet(IDLE);
            doneNanos.addAndGet(nanoClock.getAsLong() - began);
        }
    }

    /** Seconds at work since the beginning. */
    double seconds() {
        long began = since.get();
        long running = began == IDLE ? 0 : nanoClock.getAsLong() - began;
        return 1e-9 * (doneNanos.get() + running);
    }
}

package dev.secant.checkpoint;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes a registry every two seconds, on a thread of its own, until it is closed. */
public final class CheckpointWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CheckpointWatch.class);

    private static final int SECONDS = 2;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checkpoints");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins. */
    public CheckpointWatch(CheckpointRegistry registry) {
        var unused = timer.scheduleWithFixedDelay(() -> refresh(registry), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private static void refresh(CheckpointRegistry registry) {
        try {
            registry.refresh();
        } catch (RuntimeException e) {
            log.warn("The checkpoints could not be looked at; trying again.", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package dev.secant.tensor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A long-lived platform thread that does tensor work of a device.
 *
 * <p>PyTorch keeps memory for every thread that ever used it, so tensor work is never done on request threads.
 */
public final class DeviceThread implements AutoCloseable {

    private final ExecutorService executor;

    /**
     * Starts the thread.
     *
     * @param name its name
     */
    public DeviceThread(String name) {
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Queues work behind what is already queued. */
    public <T> Future<T> submit(Callable<T> work) {
        return executor.submit(work);
    }

    /** Lets queued work finish, for at most ten seconds, and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

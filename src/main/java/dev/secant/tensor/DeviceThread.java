package dev.secant.tensor;

import ai.djl.Device;
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

    private final Device device;
    private final ExecutorService executor;

    /**
     * Starts a thread of a device.
     *
     * @param name its name
     */
    public DeviceThread(Device device, String name) {
        this.device = device;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The device whose work this thread does. */
    public Device device() {
        return device;
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

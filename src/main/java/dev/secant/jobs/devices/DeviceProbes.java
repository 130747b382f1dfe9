package dev.secant.jobs.devices;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every second whether a device of a pool is to be probed. */
final class DeviceProbes implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "device-probes");
        thread.setDaemon(true);
        return thread;
    });

    DeviceProbes(DevicePool pool) {
        var unused = timer.scheduleWithFixedDelay(pool::probe, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

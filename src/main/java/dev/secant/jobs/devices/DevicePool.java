package dev.secant.jobs.devices;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of this process. Takes those that keep failing out of service, probes them after a while, and tells who listens when none
 * is left and when one is back. Safe for use by many threads.
 */
public final class DevicePool {

    /** Hears whether this process has a device in service. */
    @FunctionalInterface
    public interface Listener {

        /** Called when that has changed, on any thread. */
        void available(boolean available);
    }

    private static final Logger log = LoggerFactory.getLogger(DevicePool.class);

    private final List<PooledDevice> devices;
    private final DeviceProbe probe;
    private final List<Batcher<?, ?, ?>> batchers = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /**
     * A pool.
     *
     * @param devices at least one, the preferred first
     * @param probe tries whether a device is back
     */
    DevicePool(List<PooledDevice> devices, DeviceProbe probe) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("A pool needs a device.");
        }
        this.devices = List.copyOf(devices);
        this.probe = probe;
    }

    /** The devices, the preferred first. */
    public List<PooledDevice> devices() {
        return devices;
    }

    /** Whether one of them is a GPU. */
    public boolean hasAccelerator() {
        return devices.stream().anyMatch(device -> device.kind() == DeviceKind.GPU);
    }

    /** Whether there is a device for batches. */
    public boolean anyInService() {
        return devices.stream().anyMatch(device -> device.health().inService());
    }

    /** Adds one who wants to know when no device is left, and when one is back. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    void add(Batcher<?, ?, ?> batcher) {
        batchers.add(batcher);
    }

    /** A batch failed by a device's fault. */
    void failed(PooledDevice device, Throwable failure) {
        if (device.health().failed(failure)) {
            log.error(
                    "The device {} goes out of service and is probed at {}.",
                    device.name(),
                    device.health().report().nextProbe(),
                    failure);
            batchers.forEach(Batcher::wake);
            if (!anyInService()) {
                log.error("No device is in service: jobs go back to the queue.");
                listeners.forEach(listener -> listener.available(false));
            }
        }
    }

    /** Probes the devices whose time has come, on a thread of theirs, without waiting for it. Called every second or so. */
    public void probe() {
        for (int i = 0; i < devices.size() && !batchers.isEmpty(); i++) {
            if (devices.get(i).health().takeProbe()) {
                DeviceLane<?, ?, ?> lane = batchers.get(0).lanes().get(i);
                lane.addProbe(() -> probe(lane.device()));
            }
        }
    }

    private void probe(PooledDevice device) {
        Throwable failure = null;
        try {
            probe.run(device.device());
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        boolean first = !anyInService();
        if (device.health().probed(failure)) {
            log.info("The device {} is back in service.", device.name());
            batchers.forEach(Batcher::wake);
            if (first) {
                listeners.forEach(listener -> listener.available(true));
            }
        } else {
            log.warn("The device {} does not compute yet.", device.name(), failure);
        }
    }
}

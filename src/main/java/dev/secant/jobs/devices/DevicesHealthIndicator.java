package dev.secant.jobs.devices;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The health component {@code devices}: each device's state, batches and failures. Down when a worker has no device in service; up in a
 * process that executes no jobs, which has no devices.
 */
@Component
final class DevicesHealthIndicator implements HealthIndicator {

    private final ObjectProvider<DevicePool> pools;

    DevicesHealthIndicator(ObjectProvider<DevicePool> pools) {
        this.pools = pools;
    }

    @Override
    public Health health() {
        DevicePool pool = pools.getIfAvailable();
        return pool == null ? Health.up().build() : health(pool);
    }

    static Health health(DevicePool pool) {
        Health.Builder health = pool.anyInService() ? Health.up() : Health.outOfService();
        for (PooledDevice device : pool.devices()) {
            health.withDetail(device.name(), detail(device.health().report()));
        }
        return health.build();
    }

    private static Map<String, Object> detail(DeviceHealth.Report report) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("state", report.state().name());
        detail.put("since", report.since().toString());
        detail.put("batches", report.batches());
        detail.put("failures", report.failures());
        put(detail, "lastFailure", report.lastFailure());
        put(detail, "nextProbe", report.nextProbe());
        return detail;
    }

    private static void put(Map<String, Object> detail, String name, @Nullable Object value) {
        if (value != null) {
            detail.put(name, value.toString());
        }
    }
}

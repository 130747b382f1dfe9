package dev.secant.jobs.devices;

import dev.secant.tensor.DeviceNames;
import dev.secant.tensor.TensorRuntime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the device pool of a worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PoolProperties.class)
class DevicesConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DevicesConfiguration.class);

    /**
     * The devices. The engine is loaded for them, so where it cannot be, the start fails and says so.
     *
     * @param devices {@code secant.devices}, see {@link DeviceNames#among}
     */
    @Bean
    @OnWorker
    DevicePool devicePool(
            @Value("${secant.devices:auto}") String devices,
            PoolProperties properties,
            Clock secantClock,
            MeterRegistry registry,
            Environment environment) {
        if (environment.containsProperty("secant.device")) {
            log.warn("The setting secant.device is called secant.devices now; the old name still works.");
        }
        List<PooledDevice> pooled = DeviceNames.visible(devices).stream()
                .map(device -> new PooledDevice(
                        device,
                        properties.limits(DeviceKind.of(device)),
                        new DeviceHealth(properties.policy(), secantClock)))
                .toList();
        pooled.forEach(device -> Gauge.builder(
                        "secant.device.in.service",
                        device,
                        each -> each.health().inService() ? 1 : 0)
                .description("Whether the device is given batches")
                .tag("device", device.name())
                .register(registry));
        log.info(
                "Computing on {} with {}.",
                pooled.stream().map(PooledDevice::name).toList(),
                TensorRuntime.get().version());
        return new DevicePool(pooled, DeviceProbe::multiply);
    }

    @Bean
    @OnWorker
    DeviceProbes deviceProbes(DevicePool devicePool) {
        return new DeviceProbes(devicePool);
    }
}

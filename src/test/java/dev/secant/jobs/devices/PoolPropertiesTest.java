package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/** The settings as the application binds them, with its own application.yaml below what a user sets. */
class PoolPropertiesTest {

    private static StandardEnvironment environment(String... settings) throws IOException {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("user", map));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .forEach(environment.getPropertySources()::addLast);
        return environment;
    }

    private static PoolProperties bind(String... settings) throws IOException {
        return Binder.get(environment(settings)).bindOrCreate("secant.pool", PoolProperties.class);
    }

    @Test
    void kindsOfDevicesHaveLimitsOfTheirOwn() throws IOException {
        PoolProperties properties = bind("secant.pool.gpu.starts", "7");
        assertThat(properties.limits(DeviceKind.CPU)).isEqualTo(new DeviceLimits(64, 1024, DataSize.ofGigabytes(1)));
        assertThat(properties.limits(DeviceKind.GPU)).isEqualTo(new DeviceLimits(4096, 7, DataSize.ofGigabytes(4)));
        assertThat(properties.arrays().threads()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theOlderNamesStillWork() throws IOException {
        assertThat(bind("secant.jobs.max-batch", "128").limits(DeviceKind.CPU).people())
                .isEqualTo(128);
        assertThat(bind("secant.jobs.linger", "5ms").linger()).hasMillis(5);
        assertThat(environment("secant.device", "cpu").getProperty("secant.devices"))
                .isEqualTo("cpu");
        assertThat(environment().getProperty("secant.devices")).isEqualTo("auto");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> bind("secant.pool.array-threads", "1"))
                .hasRootCauseMessage(
                        "The secant.pool.array-threads (1) must be at least 2: one is kept free of long minimizations.");
        assertThatThrownBy(() -> bind("secant.pool.cpu.people", "0").limits(DeviceKind.CPU))
                .hasMessageContaining("(0)");
        assertThatThrownBy(() -> bind("secant.pool.failures", "0").policy()).hasMessageContaining("(0)");
    }
}

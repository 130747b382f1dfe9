package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceHealthTest {

    private static final Throwable FAILURE = new IllegalStateException("CUDA out of memory");

    private Instant now = Instant.EPOCH;
    private final DeviceHealth health =
            new DeviceHealth(new DeviceHealth.Policy(3, Duration.ofSeconds(10), Duration.ofSeconds(25)), () -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.failed(FAILURE);
        }
    }

    @Test
    void onlyFailuresInARowTakeItOutOfService() {
        fail(2);
        health.succeeded();
        fail(2);
        assertThat(health.inService()).isTrue();
        assertThat(health.failed(FAILURE)).isTrue();
        assertThat(health.inService()).isFalse();
        assertThat(health.report().batches()).isEqualTo(6);
        assertThat(health.report().failures()).isEqualTo(5);
    }

    @Test
    void badItemsSayNothingOfTheDevice() {
        fail(2);
        health.inconclusive();
        assertThat(health.failed(FAILURE)).isTrue();
    }

    @Test
    void probesComeAfterABackOffThatDoublesUpToItsLongest() {
        fail(3);
        for (int seconds : new int[] {10, 20, 25, 25}) {
            now = now.plusSeconds(seconds).minusMillis(1);
            assertThat(health.takeProbe()).isFalse();
            now = now.plusMillis(1);
            assertThat(health.takeProbe()).isTrue();
            assertThat(health.takeProbe()).as("while it is probed").isFalse();
            assertThat(health.probed(FAILURE)).isFalse();
        }
    }

    @Test
    void oneThatIsBackGoesAtItsFirstFailureAndIsProbedLater() {
        fail(3);
        now = now.plusSeconds(10);
        assertThat(health.takeProbe()).isTrue();
        assertThat(health.probed(null)).isTrue();
        assertThat(health.inService()).isTrue();

        assertThat(health.failed(FAILURE)).isTrue();
        assertThat(health.report().nextProbe()).isEqualTo(now.plusSeconds(20));
    }

    @Test
    void aBatchThatSucceedsMakesItAsGoodAsNew() {
        fail(3);
        now = now.plusSeconds(10);
        assertThat(health.takeProbe()).isTrue();
        health.probed(null);
        health.succeeded();
        fail(2);
        assertThat(health.inService()).isTrue();
        fail(1);
        assertThat(health.report().nextProbe()).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void refusesAPolicyThatCannotBe() {
        assertThatThrownBy(() -> new DeviceHealth.Policy(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("(0)");
        assertThatThrownBy(() -> new DeviceHealth.Policy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S");
    }
}

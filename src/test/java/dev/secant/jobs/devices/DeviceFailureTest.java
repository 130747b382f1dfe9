package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What becomes of batches that fail, and of devices that keep failing. */
@Timeout(60)
class DeviceFailureTest {

    private static List<CompletableFuture<Integer>> submit(
            Batcher<String, Integer, Integer> batcher, Integer... items) {
        return batcher.submit("a", List.of(items), () -> false);
    }

    @Test
    void aPoisonedItemFailsAloneAfterHalvings() throws Exception {
        try (FakeDevices devices = new FakeDevices(Device.cpu())) {
            List<CompletableFuture<Integer>> outputs = submit(
                    devices.batcher(8, Duration.ZERO, failsWith(13, new IllegalStateException("13 is poison"))),
                    1,
                    2,
                    3,
                    4,
                    5,
                    13,
                    7,
                    8);

            for (int i : new int[] {0, 1, 2, 3, 4, 6, 7}) {
                assertThat(outputs.get(i).get()).isPositive();
            }
            assertThatThrownBy(() -> outputs.get(5).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("13 is poison");
            assertThat(devices.tried)
                    .containsExactly(
                            "cpu [1, 2, 3, 4, 5, 13, 7, 8]",
                            "cpu [1, 2, 3, 4]",
                            "cpu [5, 13, 7, 8]",
                            "cpu [5, 13]",
                            "cpu [5]",
                            "cpu [13]",
                            "cpu [7, 8]");
            assertThat(devices.health(0).report().failures()).isZero();
        }
    }

    @Test
    void aBatchThatIsTooLargeForTheDeviceRunsInParts() throws Exception {
        try (FakeDevices devices = new FakeDevices(Device.gpu(0))) {
            List<String> tried = Collections.synchronizedList(new ArrayList<>());
            Batcher<String, Integer, Integer> batcher = new Batcher<>(
                    devices.pool,
                    new Batcher.Settings("fit", device -> 8, Duration.ZERO),
                    device -> (key, items, cancelled) -> {
                        tried.add(items.toString());
                        if (items.size() > 2) {
                            throw new IllegalStateException("The batch failed.", FakeDevices.FULL);
                        }
                        return items;
                    },
                    new BatchMetrics(devices.registry, "fit", "People"));
            try (batcher) {
                List<CompletableFuture<Integer>> outputs = submit(batcher, 1, 2, 3, 4, 5);
                for (int i = 0; i < 5; i++) {
                    assertThat(outputs.get(i).get()).isEqualTo(i + 1);
                }
            }
            assertThat(tried).containsExactly("[1, 2, 3, 4, 5]", "[1, 2]", "[3, 4, 5]", "[3]", "[4, 5]");
            assertThat(devices.health(0).inService()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class})
    void whatUsesUpTheProcessFailsOnceAndNowhereElse(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor(String.class).newInstance("of the JVM");
        try (FakeDevices devices = new FakeDevices(Device.gpu(0), Device.gpu(1))) {
            CompletableFuture<Integer> output = submit(devices.batcher(8, Duration.ZERO, failsWith(13, error)), 13)
                    .get(0);

            assertThatThrownBy(output::get).cause().isSameAs(error);
            assertThat(devices.tried).containsExactly("gpu0 [13]");
            assertThat(devices.health(0).report().failures()).isZero();
        }
    }

    @Test
    void anotherDeviceTakesWhatABrokenOneFailedWith() throws Exception {
        try (FakeDevices devices = new FakeDevices(Device.gpu(0), Device.gpu(1))) {
            devices.broken.put("gpu0", new EngineException("CUDA error: an illegal memory access was encountered"));

            List<CompletableFuture<Integer>> outputs = submit(devices.batcher(8, Duration.ZERO), 3, 4);

            assertThat(outputs.get(0).get()).isEqualTo(9);
            assertThat(outputs.get(1).get()).isEqualTo(16);
            assertThat(devices.tried).startsWith("gpu0 [3, 4]").contains("gpu0 [3]", "gpu0 [4]");
        }
    }

    @Test
    void aDeviceThatKeepsFailingGoesOutOfServiceAndComesBackByAProbe() throws Exception {
        try (FakeDevices devices = new FakeDevices(Device.gpu(0))) {
            List<Boolean> available = Collections.synchronizedList(new ArrayList<>());
            devices.pool.listen(available::add);
            devices.broken.put("gpu0", FakeDevices.FULL);
            Batcher<String, Integer, Integer> batcher = devices.batcher(8, Duration.ZERO);

            takeOutOfService(devices, batcher);
            awaitSize(available, 1);
            assertThat(available).containsExactly(false);
            Health down = DevicesHealthIndicator.health(devices.pool);
            assertThat(down.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(down.getDetails().get("gpu0").toString())
                    .contains(
                            "state=OUT_OF_SERVICE",
                            "failures=2",
                            "CUDA out of memory",
                            "nextProbe=1970-01-01T00:00:10Z");
            assertThatThrownBy(() -> submit(batcher, 1).get(0).get()).hasCauseInstanceOf(NotTriedException.class);

            devices.pass(FakeDevices.BACK_OFF.minusMillis(1));
            devices.pool.probe();
            assertThat(devices.probed.tryAcquire()).isFalse();

            devices.pass(Duration.ofMillis(1));
            devices.pool.probe();
            devices.probed.acquire();
            awaitNextProbe(devices);
            assertThat(devices.health(0).report().nextProbe())
                    .isEqualTo(devices.clock.instant().plus(FakeDevices.BACK_OFF.multipliedBy(2)));

            devices.broken.clear();
            devices.pass(FakeDevices.BACK_OFF.multipliedBy(2));
            devices.pool.probe();
            awaitSize(available, 2);
            assertThat(available).containsExactly(false, true);
            assertThat(submit(batcher, 6).get(0).get()).isEqualTo(36);
            assertThat(DevicesHealthIndicator.health(devices.pool).getStatus()).isEqualTo(Status.UP);
        }
    }

    private static void takeOutOfService(FakeDevices devices, Batcher<String, Integer, Integer> batcher) {
        for (int i = 0; i < FakeDevices.TOLERATED; i++) {
            CompletableFuture<Integer> output = submit(batcher, i).get(0);
            assertThatThrownBy(output::get).hasRootCauseMessage(FakeDevices.FULL.getMessage());
            while (devices.health(0).report().failures() <= i) {
                Thread.onSpinWait();
            }
        }
        while (devices.pool.anyInService()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitSize(List<?> list, int size) {
        while (list.size() < size) {
            Thread.onSpinWait();
        }
    }

    private static void awaitNextProbe(FakeDevices devices) {
        while (devices.health(0).report().nextProbe() == null) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatWaitsForTheLastDeviceGoesBackWhenItGoes() throws Exception {
        try (FakeDevices devices = new FakeDevices(Device.gpu(0))) {
            CountDownLatch gate = new CountDownLatch(1);
            devices.broken.put("gpu0", FakeDevices.FULL);
            Batcher<String, Integer, Integer> batcher = devices.batcher(1, Duration.ZERO);
            devices.gates.put("gpu0", gate);
            List<CompletableFuture<Integer>> outputs = submit(batcher, 1, 2, 3, 4);
            gate.countDown();

            assertThatThrownBy(() -> outputs.get(1).get()).hasRootCauseMessage(FakeDevices.FULL.getMessage());
            assertThatThrownBy(() -> outputs.get(2).get()).hasCauseInstanceOf(NotTriedException.class);
            assertThatThrownBy(() -> outputs.get(3).get()).hasCauseInstanceOf(NotTriedException.class);
            assertThat(devices.tried).containsExactly("gpu0 [1]", "gpu0 [2]");
        }
    }

    @Test
    void aBatchOfTheWrongSizeIsAnError() {
        try (FakeDevices devices = new FakeDevices(Device.cpu());
                Batcher<String, Integer, Integer> batcher = new Batcher<>(
                        devices.pool,
                        new Batcher.Settings("fit", device -> 1, Duration.ZERO),
                        device -> (key, items, cancelled) -> List.of(),
                        new BatchMetrics(devices.registry, "fit", "People"))) {
            assertThatThrownBy(() -> submit(batcher, 1).get(0).get()).hasMessageContaining("1 items came back with 0");
        }
    }

    private static IntUnaryOperator failsWith(int poison, Throwable failure) {
        return item -> {
            if (item == poison) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
            return item * item;
        };
    }
}

package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How batches are gathered; what becomes of failures is in {@link DeviceFailureTest}. */
@Timeout(60)
class BatcherTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final FakeDevices devices = new FakeDevices(Device.cpu());
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        devices.close();
    }

    private static CompletableFuture<Integer> submit(Batcher<String, Integer, Integer> batcher, String key, int item) {
        return batcher.submit(key, List.of(item), () -> false).get(0);
    }

    @Test
    void whatArrivesWhileABatchRunsSharesTheNext() throws Exception {
        Batcher<String, Integer, Integer> batcher = held(8);
        CompletableFuture<Integer> first = submit(batcher, "a", 0);
        devices.awaitTried(1);
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            others.add(submit(batcher, "a", i));
        }
        assertThat(batcher.waiting()).isEqualTo(5);
        gate.countDown();

        assertThat(first.get()).isZero();
        assertThat(others.get(4).get()).isEqualTo(25);
        assertThat(devices.tried).containsExactly("cpu [0]", "cpu [1, 2, 3, 4, 5]");
    }

    @Test
    void aLoneRequestDoesNotLinger() throws Exception {
        Batcher<String, Integer, Integer> batcher = devices.batcher(8, FOR_EVER);

        assertThat(submit(batcher, "a", 3).get()).isEqualTo(9);
    }

    @Test
    void lingersForJobsThatAreAboutToSubmit() throws Exception {
        Batcher<String, Integer, Integer> batcher = devices.batcher(8, FOR_EVER);
        try (Batcher.Announcement announcement = batcher.announce()) {
            CompletableFuture<Integer> first = submit(batcher, "a", 1);
            CompletableFuture<Integer> second = submit(batcher, "a", 2);
            announcement.close();

            assertThat(first.get()).isEqualTo(1);
            assertThat(second.get()).isEqualTo(4);
        }
        assertThat(devices.tried).containsExactly("cpu [1, 2]");
    }

    @Test
    void aFullBatchDoesNotLinger() throws Exception {
        Batcher<String, Integer, Integer> batcher = devices.batcher(2, FOR_EVER);
        try (Batcher.Announcement announcement = batcher.announce()) {
            List<CompletableFuture<Integer>> outputs = batcher.submit("a", List.of(1, 2, 3, 4), () -> false);

            assertThat(outputs.get(3).get()).isEqualTo(16);
            announcement.close();
        }
        assertThat(devices.tried).containsExactly("cpu [1, 2]", "cpu [3, 4]");
    }

    @Test
    void aBatchHoldsWhatItsWeightAllows() throws Exception {
        devices.gates.put("cpu", gate);
        Batcher<String, Integer, Integer> batcher =
                devices.batcher(8, Duration.ZERO, item -> item, new Batcher.Weight<>(item -> item, 10));
        submit(batcher, "a", 0);
        devices.awaitTried(1);
        List<CompletableFuture<Integer>> others = batcher.submit("a", List.of(4, 5, 3, 20, 1), () -> false);
        gate.countDown();
        for (CompletableFuture<Integer> other : others) {
            other.get();
        }

        assertThat(devices.tried).containsExactly("cpu [0]", "cpu [4, 5]", "cpu [3]", "cpu [20]", "cpu [1]");
    }

    @Test
    void differentKeysNeverShareABatch() throws Exception {
        Batcher<String, Integer, Integer> batcher = held(8);
        submit(batcher, "a", 0);
        devices.awaitTried(1);
        submit(batcher, "a", 1);
        CompletableFuture<Integer> b = submit(batcher, "b", 2);
        CompletableFuture<Integer> a = submit(batcher, "a", 3);
        gate.countDown();

        assertThat(a.get()).isEqualTo(9);
        assertThat(b.get()).isEqualTo(4);
        assertThat(devices.tried).containsExactly("cpu [0]", "cpu [1, 3]", "cpu [2]");
    }

    @Test
    void aBatchGoesToTheDeviceThatIsFreeFirst() throws Exception {
        try (FakeDevices two = new FakeDevices(Device.gpu(0), Device.gpu(1))) {
            two.gates.put("gpu0", new CountDownLatch(1));
            Batcher<String, Integer, Integer> batcher = two.batcher(8, Duration.ZERO);
            CompletableFuture<Integer> held = submit(batcher, "a", 1);
            two.awaitTried(1);

            assertThat(submit(batcher, "a", 2).get()).isEqualTo(4);
            assertThat(submit(batcher, "a", 3).get()).isEqualTo(9);
            assertThat(held).isNotDone();
            assertThat(two.tried.subList(1, 3)).containsExactly("gpu1 [2]", "gpu1 [3]");
        }
    }

    @Test
    void aLongBatchOfOneKindHoldsUpNoOther() throws Exception {
        Batcher<String, Integer, Integer> minimizations = held(8);
        CompletableFuture<Integer> hour = submit(minimizations, "a", 1);
        devices.awaitTried(1);
        devices.gates.remove("cpu");
        Batcher<String, Integer, Integer> fits = devices.batcher(8, Duration.ZERO);

        assertThat(submit(fits, "a", 5).get()).isEqualTo(25);
        assertThat(hour).isNotDone();
    }

    @Test
    void everyDeviceIsWarmedUp() throws Exception {
        try (FakeDevices two = new FakeDevices(Device.gpu(0), Device.gpu(1))) {
            two.batcher(8, Duration.ZERO).warmUp("a", List.of(7), 2);
            two.awaitTried(4);

            assertThat(two.tried).containsExactlyInAnyOrder("gpu0 [7]", "gpu0 [7]", "gpu1 [7]", "gpu1 [7]");
        }
    }

    @Test
    void itemsThatAreCancelledBeforeTheyStartNeverStart() {
        Batcher<String, Integer, Integer> batcher = held(8);
        AtomicBoolean cancelled = new AtomicBoolean();
        submit(batcher, "a", 0);
        devices.awaitTried(1);
        CompletableFuture<Integer> output =
                batcher.submit("a", List.of(1), cancelled::get).get(0);
        cancelled.set(true);
        gate.countDown();

        assertThatThrownBy(output::get).isInstanceOf(CancellationException.class);
        assertThat(devices.tried).containsExactly("cpu [0]");
    }

    @Test
    void aRunningItemIsToldThatItIsCancelled() throws Exception {
        Batcher<String, Integer, Integer> batcher = held(8);
        AtomicBoolean cancelled = new AtomicBoolean();
        CompletableFuture<Integer> output =
                batcher.submit("a", List.of(0), cancelled::get).get(0);
        devices.awaitTried(1);
        cancelled.set(true);
        gate.countDown();

        assertThat(output.get()).isEqualTo(-1);
    }

    @Test
    void stoppingSendsBackWhatWaitsAndLetsTheRunningBatchFinish() throws Exception {
        Batcher<String, Integer, Integer> batcher = held(8);
        CompletableFuture<Integer> running = submit(batcher, "a", 3);
        devices.awaitTried(1);
        CompletableFuture<Integer> waiting = submit(batcher, "a", 1);

        batcher.stop();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(NotTriedException.class);
        assertThatThrownBy(() -> submit(batcher, "a", 2).get()).hasCauseInstanceOf(NotTriedException.class);
        gate.countDown();
        assertThat(running.get()).isEqualTo(9);
    }

    /** A batcher whose batches wait for the gate. */
    private Batcher<String, Integer, Integer> held(int maxBatch) {
        devices.gates.put("cpu", gate);
        return devices.batcher(maxBatch, Duration.ZERO);
    }
}

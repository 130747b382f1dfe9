package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.tensor.DeviceThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatcherTest {

    private final DeviceThread device = new DeviceThread(Device.cpu());
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        device.close();
    }

    private Batcher<String, Integer, Integer> batcher(int maxBatch, Duration linger) {
        return new Batcher<>(device, this::work, new Batcher.Limits(maxBatch, linger));
    }

    /** Item 0 waits for the gate; item 13 is poison; others come back as their square. */
    private List<Integer> work(String key, List<Integer> items, IntPredicate cancelled) {
        batches.add(List.copyOf(items));
        if (items.contains(0)) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (items.contains(13)) {
            throw new IllegalStateException("13 is poison");
        }
        return IntStream.range(0, items.size())
                .mapToObj(i -> cancelled.test(i) ? -1 : items.get(i) * items.get(i))
                .toList();
    }

    private static CompletableFuture<Integer> submit(Batcher<String, Integer, Integer> batcher, String key, int item) {
        return batcher.submit(key, List.of(item), () -> false).get(0);
    }

    @Test
    void whatArrivesWhileABatchRunsSharesTheNext() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(8, Duration.ZERO);
        CompletableFuture<Integer> first = submit(batcher, "a", 0);
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        awaitRunning();
        for (int i = 1; i <= 5; i++) {
            others.add(submit(batcher, "a", i));
        }
        assertThat(batcher.waiting()).isEqualTo(5);
        gate.countDown();

        assertThat(first.get()).isZero();
        assertThat(others.get(4).get()).isEqualTo(25);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
    }

    @Test
    void aFullBatchDoesNotLinger() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(2, Duration.ofDays(1));

        List<CompletableFuture<Integer>> outputs = batcher.submit("a", List.of(1, 2, 3, 4), () -> false);

        assertThat(outputs.get(3).get()).isEqualTo(16);
        assertThat(batches).containsExactly(List.of(1, 2), List.of(3, 4));
    }

    @Test
    void differentKeysNeverShareABatch() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(8, Duration.ZERO);
        submit(batcher, "a", 0);
        awaitRunning();
        submit(batcher, "a", 1);
        CompletableFuture<Integer> b = submit(batcher, "b", 2);
        CompletableFuture<Integer> a = submit(batcher, "a", 3);
        gate.countDown();

        assertThat(a.get()).isEqualTo(9);
        assertThat(b.get()).isEqualTo(4);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 3), List.of(2));
    }

    @Test
    void onePoisonedItemFailsAlone() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(3, Duration.ofDays(1));

        List<CompletableFuture<Integer>> outputs = batcher.submit("a", List.of(12, 13, 14), () -> false);

        assertThat(outputs.get(0).get()).isEqualTo(144);
        assertThat(outputs.get(2).get()).isEqualTo(196);
        assertThatThrownBy(() -> outputs.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("13 is poison");
    }

    @Test
    void aBatchOfTheWrongSizeIsAnError() {
        Batcher<String, Integer, Integer> batcher =
                new Batcher<>(device, (key, items, cancelled) -> List.of(), new Batcher.Limits(1, Duration.ZERO));

        assertThatThrownBy(() -> submit(batcher, "a", 1).get()).hasMessageContaining("1 items came back with 0");
    }

    @Test
    void itemsThatAreCancelledBeforeTheyStartNeverStart() {
        Batcher<String, Integer, Integer> batcher = batcher(8, Duration.ZERO);
        AtomicBoolean cancelled = new AtomicBoolean();
        submit(batcher, "a", 0);
        awaitRunning();
        CompletableFuture<Integer> output =
                batcher.submit("a", List.of(1), cancelled::get).get(0);
        cancelled.set(true);
        gate.countDown();

        assertThatThrownBy(output::get).isInstanceOf(CancellationException.class);
        assertThat(batches).containsExactly(List.of(0));
    }

    @Test
    void aRunningItemIsToldThatItIsCancelled() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(8, Duration.ZERO);
        AtomicBoolean cancelled = new AtomicBoolean();
        CompletableFuture<Integer> output =
                batcher.submit("a", List.of(0), cancelled::get).get(0);
        awaitRunning();
        cancelled.set(true);
        gate.countDown();

        assertThat(output.get()).isEqualTo(-1);
    }

    @Test
    void closingSendsBackWhatWaitsAndLetsTheRunningBatchFinish() throws Exception {
        Batcher<String, Integer, Integer> batcher = batcher(8, Duration.ZERO);
        CompletableFuture<Integer> running = submit(batcher, "a", 0);
        awaitRunning();
        CompletableFuture<Integer> waiting = submit(batcher, "a", 1);

        batcher.close();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(Batcher.ClosedException.class);
        assertThatThrownBy(() -> submit(batcher, "a", 2).get()).hasCauseInstanceOf(Batcher.ClosedException.class);
        gate.countDown();
        assertThat(running.get()).isZero();
    }

    private void awaitRunning() {
        while (batches.isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aBatchHoldsWhatItsWeightAllows() throws Exception {
        Batcher<String, Integer, Integer> batcher = new Batcher<>(
                device, this::work, new Batcher.Limits(10, Duration.ZERO), new Batcher.Weight<>(item -> item, 10));
        CompletableFuture<Integer> first = submit(batcher, "k", 0);
        while (batches.isEmpty()) {
            Thread.onSpinWait();
        }
        List<CompletableFuture<Integer>> others = batcher.submit("k", List.of(4, 5, 3, 20, 1), () -> false);
        gate.countDown();
        first.get();
        for (CompletableFuture<Integer> other : others) {
            other.get();
        }

        assertThat(batches).endsWith(List.of(3), List.of(20), List.of(1)).contains(List.of(4, 5));
    }

    @Test
    void anErrorFailsTheBatchWithoutAnotherRun() {
        List<Integer> runs = Collections.synchronizedList(new ArrayList<>());
        Batcher<String, Integer, Integer> batcher = new Batcher<>(
                device,
                (key, items, cancelled) -> {
                    runs.add(items.size());
                    throw new OutOfMemoryError("as if");
                },
                new Batcher.Limits(10, Duration.ZERO));

        List<CompletableFuture<Integer>> outputs = batcher.submit("k", List.of(1, 2, 3), () -> false);

        for (CompletableFuture<Integer> output : outputs) {
            assertThatThrownBy(output::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
        assertThat(runs).containsExactly(3);
    }
}

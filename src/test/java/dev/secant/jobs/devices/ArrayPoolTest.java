package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArrayPoolTest {

    private static final int THREADS = 3;
    private static final double LONG = 12;
    private static final double SHORT = 0.02;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<List<Integer>> slices = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong clock = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final ArrayPool<String, Integer, Integer> pool = new ArrayPool<>(
            (key, items, cancelled) -> {
                slices.add(items);
                if (key.equals("held")) {
                    await();
                }
                if (items.contains(13)) {
                    throw new IllegalStateException("13 is poison");
                }
                return items.stream().map(item -> item * item).toList();
            },
            new ArrayPool.Settings(THREADS, Duration.ofSeconds(1)),
            new BatchMetrics(registry, "minimization", "Starts"),
            clock::get);

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    private List<CompletableFuture<Integer>> submit(String key, double seconds, Integer... items) {
        return pool.submit(key, List.of(items), seconds, () -> false);
    }

    private void awaitSlices(int size) {
        while (slices.size() < size) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aShortRequestNeverWaitsBehindStrangersLongOnes() throws Exception {
        for (int i = 0; i < 10 * THREADS; i++) {
            submit("held", LONG, 1);
        }
        awaitSlices(THREADS - 1);

        assertThat(submit("short", SHORT, 5).get(0).get()).isEqualTo(25);
        assertThat(pool.waiting()).isEqualTo(10 * THREADS - (THREADS - 1));
        assertThat(registry.get("secant.minimization.waiting").gauge().value()).isEqualTo(pool.waiting());
    }

    /** Estimates are wrong now and then: all threads, the one for short work too, hang for hours. */
    @Test
    void workThatWasEstimatedTooShortHoldsUpNoShortRequest() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            submit("held", SHORT, 1);
        }
        awaitSlices(THREADS);
        CompletableFuture<Integer> request = submit("short", SHORT, 5).get(0);
        pool.watch();
        assertThat(pool.waiting()).as("not late yet").isEqualTo(1);

        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        pool.watch();

        assertThat(request.get()).isEqualTo(25);
    }

    @Test
    void largeWorkIsCutSoThatOthersGetInBetween() throws Exception {
        List<CompletableFuture<Integer>> outputs = submit("a", 0.3, 1, 2, 3, 4);
        for (CompletableFuture<Integer> output : outputs) {
            output.get();
        }
        assertThat(slices).containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3), List.of(4));
    }

    @Test
    void smallWorkStaysTogether() throws Exception {
        assertThat(submit("a", 1e-5, 1, 2, 3, 4).get(3).get()).isEqualTo(16);
        assertThat(slices).containsExactly(List.of(1, 2, 3, 4));
    }

    @Test
    void aBadItemFailsAlone() throws Exception {
        List<CompletableFuture<Integer>> outputs = submit("a", 1e-5, 12, 13, 14);
        assertThat(outputs.get(0).get()).isEqualTo(144);
        assertThat(outputs.get(2).get()).isEqualTo(196);
        assertThatThrownBy(() -> outputs.get(1).get()).hasRootCauseMessage("13 is poison");
    }

    @Test
    void cancelledItemsNeverStart() {
        AtomicBoolean cancelled = new AtomicBoolean();
        for (int i = 0; i < THREADS - 1; i++) {
            submit("held", LONG, 1);
        }
        awaitSlices(THREADS - 1);
        CompletableFuture<Integer> output =
                pool.submit("a", List.of(7), LONG, cancelled::get).get(0);
        cancelled.set(true);
        gate.countDown();

        assertThatThrownBy(output::get).isInstanceOf(CancellationException.class);
        assertThat(slices).doesNotContain(List.of(7));
    }

    @Test
    void stoppingSendsBackWhatWaits() throws Exception {
        List<CompletableFuture<Integer>> running = new ArrayList<>();
        for (int i = 0; i < THREADS - 1; i++) {
            running.addAll(submit("held", LONG, i));
        }
        awaitSlices(THREADS - 1);
        CompletableFuture<Integer> waiting = submit("a", LONG, 5).get(0);

        pool.stop();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(NotTriedException.class);
        assertThatThrownBy(() -> submit("a", SHORT, 5).get(0).get()).hasCauseInstanceOf(NotTriedException.class);
        gate.countDown();
        assertThat(running.get(1).get()).isEqualTo(1);
    }

    @Test
    void oneThreadIsKeptFree() {
        assertThatThrownBy(() -> new ArrayPool.Settings(1, Duration.ofSeconds(1)))
                .hasMessageContaining("(1)");
    }
}

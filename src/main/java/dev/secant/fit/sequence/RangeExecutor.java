package dev.secant.fit.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs independent parts of a computation: all on the calling thread, or on the threads of a pool. */
@FunctionalInterface
public interface RangeExecutor {

    /** Every part on the calling thread, in order. */
    RangeExecutor SEQUENTIAL = (count, part) -> {
        for (int i = 0; i < count; i++) {
            part.accept(i);
        }
    };

    /**
     * Runs the parts 0 to {@code count - 1}, and returns when all have ended.
     *
     * @param part is called once for each, perhaps by several threads at a time
     */
    void run(int count, IntConsumer part);

    /** The parts on the threads of a pool, which stays the caller's to close. */
    static RangeExecutor on(ExecutorService pool) {
        return (count, part) -> {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                parts.add(pool.submit(() -> part.accept(index)));
            }
            for (Future<?> running : parts) {
                await(running);
            }
        };
    }

    private static void await(Future<?> running) {
        try {
            running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("A part of a sequence failed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Interrupted.");
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}

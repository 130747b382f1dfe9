package dev.secant.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A fixed number of threads that share independent pieces of work. */
final class ParallelTrials implements AutoCloseable {

    private final int count;
    private final ExecutorService threads;

    ParallelTrials(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "secant-training");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /**
     * Does all pieces and waits for them.
     *
     * @return the results in the order of the pieces
     */
    <T> List<T> all(List<Callable<T>> pieces) {
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> piece : threads.invokeAll(pieces)) {
                results.add(piece.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The training was interrupted.", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

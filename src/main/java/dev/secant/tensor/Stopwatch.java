package dev.secant.tensor;

/** Times pieces of work on tensors or beside them, for benchmarks. */
public final class Stopwatch {

    private Stopwatch() {}

    /**
     * Does a piece of work again and again, each time in a {@link MemoryScope} of its own.
     *
     * @param atLeast seconds in all
     * @return seconds each time, on average
     */
    @SuppressWarnings("try") // The scope works by being open.
    public static double secondsOf(Runnable work, double atLeast) {
        long before = System.nanoTime();
        double seconds = 0;
        int count = 0;
        while (seconds < atLeast) {
            try (MemoryScope scope = MemoryScope.open()) {
                work.run();
            }
            count++;
            seconds = (System.nanoTime() - before) * 1e-9;
        }
        return seconds / count;
    }
}

package dev.secant.optimizer;

/**
 * The one place that decides which {@link Storage} a batch is minimized on.
 *
 * <p>In this order: what is forced; tensors on an accelerator, where each transfer waits for the device; tensors where the batch has more
 * than {@value #LARGEST_BATCH} numbers, whose vectors outgrow the caches, so that the engine's threads win; else arrays, because a call
 * of the engine costs microseconds and a step of a small problem less than one. On arrays an objective is evaluated on arrays where it
 * offers that ({@link ArrayObjective#suits}), and else on tensors, one upload and one read-back an evaluation.
 */
public final class StorageChoice {

    /** Numbers in a batch, {@code B n}, above which tensors are faster on the CPU as well. */
    public static final int LARGEST_BATCH = 1_000_000;

    private StorageChoice() {}

    /** The storage of a batch. */
    public static Storage of(Points start, Execution execution) {
        return of(start.size(), start.dimension(), execution);
    }

    /**
     * The storage of a batch that is not there yet.
     *
     * @param size B
     * @param dimension n
     */
    public static Storage of(int size, int dimension, Execution execution) {
        if (execution.forced().isPresent()) {
            return execution.forced().get();
        }
        boolean large = (long) size * dimension > LARGEST_BATCH;
        return large || execution.device().isGpu() ? Storage.TENSORS : Storage.ARRAYS;
    }

    /**
     * The storage of a batch whose method works on either with its own algebra, as body fits do.
     *
     * @param largest up to so many items arrays are faster on the CPU
     * @param items B
     */
    public static Storage upTo(int largest, int items, Execution execution) {
        return execution
                .forced()
                .orElse(items > largest || execution.device().isGpu() ? Storage.TENSORS : Storage.ARRAYS);
    }
}

package dev.secant.jobs.devices;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs one batch. Where it fails it is split in halves and tried again, down to single items, so that a bad item fails alone and a batch
 * that is too large for the memory gets through in parts: {@code log2} of the size more attempts where one item is bad. A single item
 * that fails is not tried again.
 */
final class BatchAttempt<K, I, O> {

    private final BatchWork<K, I, O> work;
    private final Predicate<BatchEntry<K, I, O>> handOver;
    private int succeeded;
    private int failed;
    private @Nullable Throwable deviceFailure;

    /**
     * @param work computes
     * @param handOver is offered a single item that failed by the device's fault; whether another device takes it
     */
    BatchAttempt(BatchWork<K, I, O> work, Predicate<BatchEntry<K, I, O>> handOver) {
        this.work = work;
        this.handOver = handOver;
    }

    /** Runs a batch; every entry has its output, or is handed over, when this returns. */
    void run(List<BatchEntry<K, I, O>> batch) {
        List<O> outputs;
        try {
            outputs = work.run(
                    batch.get(0).key(),
                    batch.stream().map(BatchEntry::item).toList(),
                    index -> batch.get(index).cancelled().getAsBoolean());
            if (outputs.size() != batch.size()) {
                throw new IllegalStateException(
                        "A batch of %d items came back with %d outputs.".formatted(batch.size(), outputs.size()));
            }
        } catch (RuntimeException | Error e) {
            failed(batch, e);
            return;
        }
        succeeded += outputs.size();
        for (int i = 0; i < outputs.size(); i++) {
            batch.get(i).output().complete(outputs.get(i));
        }
    }

    private void failed(List<BatchEntry<K, I, O>> batch, Throwable failure) {
        boolean ofDevice = DeviceErrors.isOfDevice(failure);
        if (ofDevice) {
            deviceFailure = failure;
        }
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            run(batch.subList(0, half));
            run(batch.subList(half, batch.size()));
            return;
        }
        boolean elsewhere = ofDevice && !DeviceErrors.isOfProcess(failure) && handOver.test(batch.get(0));
        if (!elsewhere) {
            failed++;
            batch.get(0).output().completeExceptionally(failure);
        }
    }

    /** Items with an output. */
    int succeeded() {
        return succeeded;
    }

    /** Items that failed. */
    int failed() {
        return failed;
    }

    /** The last failure that was the device's own; null where there was none. */
    @Nullable
    Throwable deviceFailure() {
        return deviceFailure;
    }
}

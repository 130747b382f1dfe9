package dev.secant.jobs.fit;

import dev.secant.fit.BodyEstimator;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.Observations;
import dev.secant.jobs.devices.BatchWork;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.NotTriedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The initial estimates of a sequence's frames, by the devices of the pool, in chunks: other work comes between them. */
final class FrameEstimates {

    /** Frames of a chunk. */
    static final int CHUNK = 64;

    /** The key of all chunks: they have nothing to differ in. */
    record Key() {}

    /**
     * The estimates of a chunk.
     *
     * @param batch one row a frame
     * @param provenance what they were found with
     */
    record Estimate(FitBatch batch, FitProvenance provenance) {}

    private FrameEstimates() {}

    /** What a device does with chunks. */
    static BatchWork<Key, Observations, Estimate> work(BodyEstimator estimator) {
        return (key, chunks, cancelled) -> chunks.stream()
                .map(chunk -> new Estimate(estimator.estimate(chunk), estimator.provenance()))
                .toList();
    }

    /**
     * Estimates all frames.
     *
     * @throws CancellationException if they are no longer wanted
     * @throws NotTriedException if no device is in service
     */
    static Estimate of(Batcher<Key, Observations, Estimate> batcher, Observations frames, BooleanSupplier cancelled) {
        List<Observations> chunks = new ArrayList<>();
        for (int from = 0; from < frames.size(); from += CHUNK) {
            chunks.add(frames.select(
                    IntStream.range(from, Math.min(frames.size(), from + CHUNK)).toArray()));
        }
        List<CompletableFuture<Estimate>> pending = batcher.submit(new Key(), chunks, cancelled);
        List<Estimate> estimates = pending.stream().map(FrameEstimates::join).toList();
        List<FitBatch> parts = estimates.stream().map(Estimate::batch).toList();
        return new Estimate(
                new FitBatch(
                        frames,
                        together(parts, FitBatch::rotations),
                        together(parts, FitBatch::betas),
                        together(parts, FitBatch::translations),
                        together(parts, FitBatch::scales)),
                estimates.get(0).provenance());
    }

    private static Estimate join(CompletableFuture<Estimate> pending) {
        try {
            return pending.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotTriedException notTried) {
                throw notTried;
            }
            throw e;
        }
    }

    private static float[] together(List<FitBatch> parts, java.util.function.Function<FitBatch, float[]> numbers) {
        ToIntFunction<FitBatch> length = part -> numbers.apply(part).length;
        float[] all = new float[parts.stream().mapToInt(length).sum()];
        int to = 0;
        for (FitBatch part : parts) {
            float[] rows = numbers.apply(part);
            System.arraycopy(rows, 0, all, to, rows.length);
            to += rows.length;
        }
        return all;
    }
}

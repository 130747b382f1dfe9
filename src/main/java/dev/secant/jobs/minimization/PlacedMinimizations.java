package dev.secant.jobs.minimization;

import dev.secant.jobs.devices.ArrayPool;
import dev.secant.jobs.devices.Batcher;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Runs starts where they are placed: on the processor's threads, or in batches on a device. */
final class PlacedMinimizations implements MinimizationRunner {

    private final BatchPlacement placement;
    private final ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> arrays;
    private final Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> devices;

    /**
     * @param placement decides
     * @param arrays the processor's threads
     * @param devices the devices' lanes
     */
    PlacedMinimizations(
            BatchPlacement placement,
            ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> arrays,
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> devices) {
        this.placement = placement;
        this.arrays = arrays;
        this.devices = devices;
    }

    @Override
    public int chunk() {
        return devices.largestBatch();
    }

    @Override
    public List<CompletableFuture<MinimizationAnswer>> submit(
            MinimizationPlan plan, List<MinimizationProblem> problems, BooleanSupplier cancelled) {
        return switch (placement.of(plan, problems.size())) {
            case ARRAYS -> arrays.submit(plan.key(), problems, MinimizationCost.seconds(plan), cancelled);
            case DEVICE -> devices.submit(plan.key(), problems, cancelled);
        };
    }
}

package dev.secant.jobs.minimization;

import dev.secant.jobs.devices.ArrayPool;
import dev.secant.jobs.devices.Batcher;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Runs starts where they are placed: on the processor's threads, or in batches on a device. */
final class MinimizationRunner {

    private final BatchPlacement placement;
    private final ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> arrays;
    private final Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> devices;

    /**
     * @param placement decides
     * @param arrays the processor's threads
     * @param devices the devices' lanes
     */
    MinimizationRunner(
            BatchPlacement placement,
            ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> arrays,
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> devices) {
        this.placement = placement;
        this.arrays = arrays;
        this.devices = devices;
    }

    /** The starts that a job submits at once: its results are stored as often. */
    int chunk() {
        return devices.largestBatch();
    }

    /**
     * Queues starts of one plan.
     *
     * @param cancelled whether their job is no longer wanted
     * @return their results to be, in order; as {@link Batcher#submit}
     */
    List<CompletableFuture<MinimizationItem>> submit(
            MinimizationPlan plan, List<MinimizationProblem> problems, BooleanSupplier cancelled) {
        return switch (placement.of(plan, problems.size())) {
            case ARRAYS -> arrays.submit(plan.key(), problems, MinimizationCost.seconds(plan), cancelled);
            case DEVICE -> devices.submit(plan.key(), problems, cancelled);
        };
    }
}

package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Runs the starts of jobs. Any thread may submit. */
interface MinimizationRunner {

    /** The starts that a job submits at once: its results are stored as often. */
    int chunk();

    /**
     * Queues starts of one plan.
     *
     * @param cancelled whether their job is no longer wanted
     * @return their results to be, in order; as {@link dev.secant.jobs.devices.Batcher#submit}
     */
    List<CompletableFuture<MinimizationAnswer>> submit(
            MinimizationPlan plan, List<MinimizationProblem> problems, BooleanSupplier cancelled);
}

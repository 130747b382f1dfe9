package dev.secant.jobs.minimization;

import ai.djl.Device;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.StorageChoice;

/**
 * Places by cost: on plain arrays what is minimized there ({@link StorageChoice}) and whose formula is faster there than on the engine's tensors, see {@link
 * dev.secant.objective.CompiledObjective#suitsArrays}; with an accelerator, only what is too small to be worth its launches.
 */
final class CostPlacement implements BatchPlacement {

    /**
     * Numbers that an evaluation of all starts computes, above which an accelerator has it. The launches of a step take about a
     * millisecond, in which arrays compute about a million numbers with their gradients; not measured on an accelerator yet.
     */
    private static final long LARGEST_BESIDE_ACCELERATOR = 200_000;

    private static final Execution ON_CPU = Execution.on(Device.cpu());

    private final SolverFactory solvers;
    private final boolean accelerator;

    /**
     * @param solvers tells which solvers have networks on tensors
     * @param accelerator whether there is a device that is faster than the CPU
     */
    CostPlacement(SolverFactory solvers, boolean accelerator) {
        this.solvers = solvers;
        this.accelerator = accelerator;
    }

    @Override
    public Place of(MinimizationPlan plan, int starts) {
        int dimension = plan.compiled().dimension();
        boolean arrays = StorageChoice.of(starts, dimension, ON_CPU) == Storage.ARRAYS
                && plan.float64()
                && plan.compiled().suitsArrays(1)
                && solvers.runsOnArrays(plan.method())
                && (plan.compareWith() == null || solvers.runsOnArrays(plan.compareWith()))
                && (!accelerator || starts * plan.compiled().cost().elements() <= LARGEST_BESIDE_ACCELERATOR);
        return arrays ? Place.ARRAYS : Place.DEVICE;
    }
}

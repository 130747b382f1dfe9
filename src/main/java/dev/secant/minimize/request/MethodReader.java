package dev.secant.minimize.request;

import dev.secant.checkpoint.CheckpointException;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest.SolverOptions;
import dev.secant.minimize.Solver;
import dev.secant.minimize.run.BatchSolver;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.CompiledObjective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a request's solvers and their options, and checks that they suit the formula. */
final class MethodReader {

    /** A service's limits. */
    private static final int MAX_MEMORY = 100;

    private static final String CHECKPOINT = "/solverOptions/checkpoint";

    private final SolverFactory solvers;
    private final @Nullable SolverOptions options;
    private final Violations violations;

    MethodReader(SolverFactory solvers, @Nullable SolverOptions options, Violations violations) {
        this.solvers = solvers;
        this.options = options;
        this.violations = violations;
    }

    /**
     * A solver with its settings.
     *
     * @param written its name
     * @param pointer where the name is written
     */
    MinimizationPlan.Method method(String written, String pointer) {
        Solver solver = Solver.of(written).orElse(null);
        if (solver == null) {
            violations.add(
                    pointer,
                    "The solver (%s) must be one of %s."
                            .formatted(
                                    written,
                                    String.join(
                                            ", ",
                                            Arrays.stream(Solver.values())
                                                    .map(Solver::id)
                                                    .toList())));
            solver = Solver.AUTO;
        }
        Integer memory = options == null ? null : options.memory();
        double rate = options == null || options.learningRate() == null ? 0.01 : options.learningRate();
        violations.require(
                memory == null || (memory >= 1 && memory <= MAX_MEMORY),
                "/solverOptions/memory",
                "The memory (%d) must be from 1 to %d.".formatted(memory, MAX_MEMORY));
        violations.require(
                rate > 0 && Double.isFinite(rate),
                "/solverOptions/learningRate",
                "The learningRate (%s) must be positive.".formatted(rate));
        return new MinimizationPlan.Method(solver, memory, rate, checkpoint(solver));
    }

    private @Nullable String checkpoint(Solver solver) {
        if (solver != Solver.LSR1 && solver != Solver.AUTO) {
            return null;
        }
        if (options == null || options.checkpoint() == null) {
            return solvers.usual();
        }
        try {
            return solvers.resolve(options.checkpoint());
        } catch (CheckpointException e) {
            violations.add(CHECKPOINT, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Checks that one of the request's methods uses the checkpoint, if there is one. */
    void checkCheckpoint(MinimizationPlan.@Nullable Method... methods) {
        if (options != null && options.checkpoint() != null) {
            boolean used = Arrays.stream(methods)
                    .anyMatch(method ->
                            method != null && (method.solver() == Solver.LSR1 || method.solver() == Solver.AUTO));
            violations.require(
                    used,
                    CHECKPOINT,
                    "The checkpoint (%s) is for the solvers lsr1 and auto only.".formatted(options.checkpoint()));
        }
    }

    /** Checks that {@code lm} suits a formula, where it is the method. */
    void checkSquares(
            MinimizationPlan.@Nullable Method method, String pointer, CompiledObjective compiled, boolean float64) {
        if (method == null || method.solver() != Solver.LM) {
            return;
        }
        violations.require(
                compiled.residuals().isPresent(),
                pointer,
                "The solver lm needs a sum of squares: the formula must be written as sum(r^2), or as a sum of such terms"
                        + " with positive factors.");
        violations.require(float64, pointer, "The solver lm computes in float64 only.");
        compiled.residuals()
                .ifPresent(residuals -> violations.require(
                        BatchSolver.fits(residuals.resultSize(), residuals.dimension()),
                        pointer,
                        "The solver lm needs a smaller problem than %d residuals of %d variables. Maybe lbfgs is meant."
                                .formatted(residuals.resultSize(), residuals.dimension())));
    }
}

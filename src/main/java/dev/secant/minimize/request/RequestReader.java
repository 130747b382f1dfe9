package dev.secant.minimize.request;

import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.RequestViolation;
import dev.secant.minimize.TrajectoryBudget;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.ObjectiveDefinition;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.optimizer.StopRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks requests and turns them into plans. */
public final class RequestReader {

    private final ExpressionLimits limits;
    private final SolverFactory solvers;
    private final TrajectoryBudget budget;

    /**
     * @param limits on formulas
     * @param solvers the optimizers
     * @param budget for trajectories
     */
    public RequestReader(ExpressionLimits limits, SolverFactory solvers, TrajectoryBudget budget) {
        this.limits = limits;
        this.solvers = solvers;
        this.budget = budget;
    }

    /** Within limits on formulas, the default budget for trajectories, and with the solvers that are there. */
    public RequestReader(ExpressionLimits limits, SolverFactory solvers) {
        this(limits, solvers, TrajectoryBudget.DEFAULT);
    }

    /** Within the default limits, without learned optimizers. */
    public RequestReader() {
        this(ExpressionLimits.DEFAULT, SolverFactory.classical());
    }

    /**
     * Checks a request.
     *
     * @throws InvalidRequestException with every problem found
     */
    public MinimizationPlan read(MinimizationRequest request) {
        Violations violations = new Violations();
        MethodReader methods = new MethodReader(solvers, request.solverOptions(), violations);
        MinimizationPlan.Method method =
                methods.method(request.solver() == null ? "auto" : request.solver(), "/solver");
        MinimizationPlan.@Nullable Method compareWith =
                request.compareWith() == null ? null : methods.method(request.compareWith(), "/compareWith");
        methods.checkCheckpoint(method, compareWith);
        boolean float64 = precision(request.precision(), violations);
        StopRule stop = StopReader.stop(request.stop(), float64, violations);
        int every = TrajectoryReader.every(request.trajectory(), violations);
        violations.require(
                request.resume() == null || request.starts() != null,
                "/resume",
                "Only the service can resume a job: it has the points that the job ended at.");
        ObjectiveReader.@Nullable Read read = new ObjectiveReader(limits, violations).read(request);
        if (read == null) {
            throw violations.exception();
        }
        ObjectiveDefinition definition = read.definition();
        int n = definition.dimension();
        BoundsTransform bounds = new StartReader(violations).box(request.bounds(), n);
        double[][] starts = new StartReader(violations).starts(request, read, bounds);
        CompiledObjective compiled = compile(definition, request.objective() != null, violations);
        if (compiled == null || !violations.isEmpty()) {
            throw violations.exception();
        }
        methods.checkSquares(method, "/solver", compiled, float64);
        methods.checkSquares(compareWith, "/compareWith", compiled, float64);
        MinimizationPlan.TrajectoryRecording recording = new TrajectoryReader(budget, violations)
                .recording(
                        request.trajectory(),
                        every,
                        new TrajectoryReader.Runs(starts.length, compareWith == null ? 1 : 2, stop.maxSteps(), n));
        if (!violations.isEmpty()) {
            throw violations.exception();
        }
        boolean certificate = Boolean.TRUE.equals(request.certificate());
        List<Double> minima = read.entry() == null || !isPublished(request)
                ? List.of()
                : read.entry().minima(n);
        return new MinimizationPlan(
                definition,
                compiled,
                starts,
                bounds,
                method,
                compareWith,
                stop,
                recording,
                certificate,
                float64,
                minima);
    }

    /** Published minima hold for the published parameters and without bounds. */
    private static boolean isPublished(MinimizationRequest request) {
        return request.parameters() == null && request.bounds() == null;
    }

    private @Nullable CompiledObjective compile(
            ObjectiveDefinition definition, boolean fromCatalogue, Violations violations) {
        try {
            return definition.compile(limits);
        } catch (ExpressionException e) {
            String pointer = fromCatalogue ? "/objective" : "/expression";
            violations.add(new RequestViolation(pointer, String.valueOf(e.getMessage()), e.line(), e.column()));
            return null;
        }
    }

    private static boolean precision(@Nullable String precision, Violations violations) {
        violations.require(
                precision == null || precision.equals("float64") || precision.equals("float32"),
                "/precision",
                "The precision (%s) must be float64 or float32.".formatted(precision));
        return !"float32".equals(precision);
    }
}

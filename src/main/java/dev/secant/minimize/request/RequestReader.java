package dev.secant.minimize.request;

import dev.secant.checkpoint.CheckpointException;
import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationRequest.SolverOptions;
import dev.secant.minimize.RequestViolation;
import dev.secant.minimize.Solver;
import dev.secant.minimize.TrajectoryBudget;
import dev.secant.minimize.run.BatchSolver;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.ObjectiveDefinition;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.optimizer.StopRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks requests and turns them into plans. */
public final class RequestReader {

    /** A service's limits. */
    private static final int MAX_MEMORY = 100;

    private static final String CHECKPOINT = "/solverOptions/checkpoint";

    private final ExpressionLimits limits;
    private final SolverFactory methods;
    private final TrajectoryBudget budget;

    /**
     * @param limits on formulas
     * @param methods the optimizers
     * @param budget for trajectories
     */
    public RequestReader(ExpressionLimits limits, SolverFactory methods, TrajectoryBudget budget) {
        this.limits = limits;
        this.methods = methods;
        this.budget = budget;
    }

    /** Within limits on formulas, the default budget for trajectories, and with the methods that are there. */
    public RequestReader(ExpressionLimits limits, SolverFactory methods) {
        this(limits, methods, TrajectoryBudget.DEFAULT);
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
        Problems problems = new Problems();
        SolverOptions options = request.solverOptions();
        MinimizationPlan.Method method =
                method(request.solver() == null ? "auto" : request.solver(), "/solver", options, problems);
        MinimizationPlan.@Nullable Method compareWith =
                request.compareWith() == null ? null : method(request.compareWith(), "/compareWith", options, problems);
        checkCheckpoint(options, problems, method, compareWith);
        boolean float64 = precision(request.precision(), problems);
        StopRule stop = StopReader.stop(request.stop(), float64, problems);
        int every = TrajectoryReader.every(request.trajectory(), problems);
        problems.require(
                request.resume() == null || request.starts() != null,
                "/resume",
                "Only the service can resume a job: it has the points that the job ended at.");
        ObjectiveReader.@Nullable Read read = new ObjectiveReader(limits, problems).read(request);
        if (read == null) {
            throw problems.exception();
        }
        ObjectiveDefinition definition = read.definition();
        int n = definition.dimension();
        BoundsTransform bounds = new StartReader(problems).box(request.bounds(), n);
        double[][] starts = new StartReader(problems).starts(request, read, bounds);
        CompiledObjective compiled = compile(definition, request.objective() != null, problems);
        if (compiled == null || !problems.isEmpty()) {
            throw problems.exception();
        }
        checkSquares(method, "/solver", compiled, float64, problems);
        checkSquares(compareWith, "/compareWith", compiled, float64, problems);
        MinimizationPlan.TrajectoryRecording recording = new TrajectoryReader(budget, problems)
                .recording(
                        request.trajectory(),
                        every,
                        new TrajectoryReader.Runs(starts.length, compareWith == null ? 1 : 2, stop.maxSteps(), n));
        if (!problems.isEmpty()) {
            throw problems.exception();
        }
        if (!problems.isEmpty()) {
            throw problems.exception();
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
            ObjectiveDefinition definition, boolean fromCatalogue, Problems problems) {
        try {
            return definition.compile(limits);
        } catch (ExpressionException e) {
            String pointer = fromCatalogue ? "/objective" : "/expression";
            problems.add(new RequestViolation(pointer, String.valueOf(e.getMessage()), e.line(), e.column()));
            return null;
        }
    }

    private MinimizationPlan.Method method(
            String written, String pointer, @Nullable SolverOptions options, Problems problems) {
        Solver solver = Solver.of(written).orElse(null);
        if (solver == null) {
            problems.add(
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
        problems.require(
                memory == null || (memory >= 1 && memory <= MAX_MEMORY),
                "/solverOptions/memory",
                "The memory (%d) must be from 1 to %d.".formatted(memory, MAX_MEMORY));
        problems.require(
                rate > 0 && Double.isFinite(rate),
                "/solverOptions/learningRate",
                "The learningRate (%s) must be positive.".formatted(rate));
        return new MinimizationPlan.Method(solver, memory, rate, checkpoint(solver, options, problems));
    }

    private @Nullable String checkpoint(Solver solver, @Nullable SolverOptions options, Problems problems) {
        if (solver != Solver.LSR1 && solver != Solver.AUTO) {
            return null;
        }
        if (options == null || options.checkpoint() == null) {
            return methods.usual();
        }
        try {
            return methods.resolve(options.checkpoint());
        } catch (CheckpointException e) {
            problems.add(CHECKPOINT, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static void checkCheckpoint(
            @Nullable SolverOptions options, Problems problems, MinimizationPlan.@Nullable Method... methods) {
        if (options != null && options.checkpoint() != null) {
            boolean used = Arrays.stream(methods)
                    .anyMatch(method ->
                            method != null && (method.solver() == Solver.LSR1 || method.solver() == Solver.AUTO));
            problems.require(
                    used,
                    CHECKPOINT,
                    "The checkpoint (%s) is for the solvers lsr1 and auto only.".formatted(options.checkpoint()));
        }
    }

    private static boolean precision(@Nullable String precision, Problems problems) {
        problems.require(
                precision == null || precision.equals("float64") || precision.equals("float32"),
                "/precision",
                "The precision (%s) must be float64 or float32.".formatted(precision));
        return !"float32".equals(precision);
    }

    private static void checkSquares(
            MinimizationPlan.@Nullable Method method,
            String pointer,
            CompiledObjective compiled,
            boolean float64,
            Problems problems) {
        if (method == null || method.solver() != Solver.LM) {
            return;
        }
        problems.require(
                compiled.residuals().isPresent(),
                pointer,
                "The solver lm needs a sum of squares: the formula must be written as sum(r^2), or as a sum of such terms"
                        + " with positive factors.");
        problems.require(float64, pointer, "The solver lm computes in float64 only.");
        compiled.residuals()
                .ifPresent(residuals -> problems.require(
                        BatchSolver.fits(residuals.resultSize(), residuals.dimension()),
                        pointer,
                        "The solver lm needs a smaller problem than %d residuals of %d variables. Maybe lbfgs is meant."
                                .formatted(residuals.resultSize(), residuals.dimension())));
    }

    /** What has been found so far. */
    static final class Problems {
        private final List<RequestViolation> found = new ArrayList<>();

        void add(RequestViolation violation) {
            if (!found.contains(violation)) {
                found.add(violation);
            }
        }

        void add(String pointer, String message) {
            add(RequestViolation.at(pointer, message));
        }

        boolean require(boolean condition, String pointer, String message) {
            if (!condition) {
                add(pointer, message);
            }
            return condition;
        }

        int size() {
            return found.size();
        }

        boolean isEmpty() {
            return found.isEmpty();
        }

        InvalidRequestException exception() {
            return new InvalidRequestException(found);
        }
    }
}

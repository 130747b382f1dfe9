package dev.secant.minimize.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationPlan.Method;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.Solver;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Runs the starts of any plans with the same {@link MinimizationPlan#key} in one batch, on the calling thread. */
public final class Minimizer {

    /** Numbers that one batch's intermediate results may hold; with gradients about a gigabyte. */
    private static final long BATCH_ELEMENTS = 50_000_000;

    private final Device device;
    private final SolverFactory solvers;

    /**
     * @param device where tensors live; call it from that device's thread only
     * @param solvers the optimizers
     */
    public Minimizer(Device device, SolverFactory solvers) {
        this.device = device;
        this.solvers = solvers;
    }

    /** Runs all starts of one plan. */
    public MinimizationResult minimize(MinimizationPlan plan) {
        return minimize(plan, optimizer -> {});
    }

    /**
     * Runs all starts of one plan.
     *
     * @param onStep told after each step of a batch, with the name of the optimizer at work
     */
    public MinimizationResult minimize(MinimizationPlan plan, Consumer<String> onStep) {
        return MinimizationResult.of(plan.definition(), minimize(plan.problems(), item -> false, onStep));
    }

    /**
     * Runs starts together.
     *
     * @param problems of plans with equal keys
     * @param cancelled whether a start, by its place in the list, shall end at the best found so far; asked before steps
     * @return an answer for each, in order
     */
    public List<MinimizationItem> minimize(List<MinimizationProblem> problems, IntPredicate cancelled) {
        return minimize(problems, cancelled, optimizer -> {});
    }

    private List<MinimizationItem> minimize(
            List<MinimizationProblem> problems, IntPredicate cancelled, Consumer<String> onStep) {
        MinimizationPlan.Key key = problems.get(0).plan().key();
        for (MinimizationProblem problem : problems) {
            if (!problem.plan().key().equals(key)) {
                throw new IllegalArgumentException("The problems of a batch must have one key; %s and %s differ."
                        .formatted(key, problem.plan().key()));
            }
        }
        long elements = Math.max(1, problems.get(0).plan().compiled().cost().elements());
        int chunk = (int) Math.max(1, Math.min(problems.size(), BATCH_ELEMENTS / elements));
        Deadline deadline = Deadline.of(key.stop());
        List<MinimizationItem> items = new ArrayList<>();
        for (int from = 0; from < problems.size(); from += chunk) {
            int offset = from;
            List<MinimizationProblem> some = problems.subList(from, Math.min(from + chunk, problems.size()));
            items.addAll(batch(
                    some,
                    new BatchSolver.Running(
                            deadline,
                            item -> cancelled.test(offset + item),
                            onStep,
                            new ProgressReporter(some, deadline))));
        }
        return items;
    }

    private List<MinimizationItem> batch(List<MinimizationProblem> problems, BatchSolver.Running running) {
        MinimizationPlan plan = problems.get(0).plan();
        DataType type = plan.float64() ? DataType.FLOAT64 : DataType.FLOAT32;
        try (NDManager manager = TensorRuntime.get().newManager(device)) {
            Map<String, ParameterValue> parameters = BatchParameters.of(problems);
            BoundsTransform @Nullable [] transforms = plan.bounds() == null ? null : boxes(problems);
            BatchObjective objective = BatchObjective.bind(plan.compiled(), parameters, transforms, manager, type);
            SquaredResiduals squares = plan.compiled()
                    .residuals()
                    .map(compiled -> BatchObjective.bind(compiled, parameters, transforms, manager, type))
                    .map(residuals -> new SquaredResiduals(residuals, problems.size()))
                    .orElse(null);
            BatchSolver batch = new BatchSolver(objective, squares, manager, plan, running);
            double[][] starts = starts(problems);
            List<SolverRun> main = solve(batch, plan.method(), starts, plan.stop());
            running.progress().nextSolver();
            @Nullable
            List<SolverRun> baseline =
                    plan.compareWith() == null ? null : solve(batch, plan.compareWith(), starts, plan.stop());
            double[][] x = objective.outer(main.stream().map(SolverRun::x).toArray(double[][]::new));
            main = explained(objective, main, problems, x);
            ResultAssembler assembler = new ResultAssembler(plan, solvers);
            List<MinimizationItem> items = new ArrayList<>();
            for (int i = 0; i < problems.size(); i++) {
                items.add(assembler.item(
                        problems.get(i).start(),
                        x[i],
                        main.get(i),
                        baseline == null ? null : baseline.get(i),
                        plan.certificate() ? certificate(problems.get(i).plan(), manager, parameters, i, x[i]) : null));
            }
            return items;
        }
    }

    private List<SolverRun> solve(BatchSolver batch, Method method, double[][] starts, StopRule rule) {
        Optimizer optimizer = solvers.optimizer(method);
        return method.solver() == Solver.AUTO
                ? new AutoSolver(batch, optimizer, solvers.optimizer(method.with(Solver.LBFGS)), rule).minimize(starts)
                : batch.minimize(optimizer, BatchSolver.all(starts.length), starts, rule);
    }

    /** With a word on what is not finite, where a start is not. */
    private static List<SolverRun> explained(
            BatchObjective objective, List<SolverRun> solved, List<MinimizationProblem> problems, double[][] x) {
        List<SolverRun> explained = new ArrayList<>(solved);
        for (int item = 0; item < solved.size(); item++) {
            SolverRun run = solved.get(item);
            if (run.isNotFiniteAtStart()) {
                Optional<String> reason = objective.whyNotFinite(item, x[item]);
                String start = "start %d: ".formatted(problems.get(item).start());
                explained.set(item, reason.map(why -> run.with(0, start + why)).orElse(run));
            }
        }
        return explained;
    }

    private static MinimizationItem.Certificate certificate(
            MinimizationPlan plan, NDManager manager, Map<String, ParameterValue> parameters, int item, double[] x) {
        try (BatchObjective exact = BatchObjective.bind(plan.compiled(), parameters, null, manager, DataType.FLOAT64)) {
            return new Curvature(exact.select(new int[] {item}), manager, plan.bounds()).certificate(x);
        }
    }

    private static BoundsTransform[] boxes(List<MinimizationProblem> problems) {
        return problems.stream().map(problem -> problem.plan().bounds()).toArray(BoundsTransform[]::new);
    }

    private static double[][] starts(List<MinimizationProblem> problems) {
        double[][] starts = new double[problems.size()][];
        for (int i = 0; i < starts.length; i++) {
            MinimizationPlan plan = problems.get(i).plan();
            double[] start = plan.starts()[problems.get(i).start()];
            starts[i] = plan.bounds() == null ? start.clone() : plan.bounds().inner(start);
        }
        return starts;
    }
}

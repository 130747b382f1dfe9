package dev.secant.minimize.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.Deadline;
import dev.secant.minimize.MinimizationAnswer;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the starts of any plans with the same {@link MinimizationPlan#key} in one batch, on the calling thread. */
public final class Minimizer {

    /** Of a number of an intermediate result: the number, its gradient, and what the engine keeps beside. */
    private static final int BYTES_PER_ELEMENT = 20;

    private static final long DEFAULT_MEMORY = 1_000_000_000;

    private static final Logger log = LoggerFactory.getLogger(Minimizer.class);

    private final Device device;
    private final SolverFactory solvers;
    private final long batchElements;

    /**
     * @param device where tensors live; call it from that device's thread only
     * @param solvers the optimizers
     */
    public Minimizer(Device device, SolverFactory solvers) {
        this(device, solvers, DEFAULT_MEMORY);
    }

    /**
     * @param device where tensors live; call it from that device's thread only
     * @param solvers the optimizers
     * @param memory bytes that the intermediate results and gradients of a batch may take; what needs more runs in parts
     */
    public Minimizer(Device device, SolverFactory solvers, long memory) {
        this.device = device;
        this.solvers = solvers;
        this.batchElements = memory / BYTES_PER_ELEMENT;
    }

    /** Runs all starts of one plan; see below. */
    public MinimizationResult minimize(MinimizationPlan plan) {
        return minimize(plan, optimizer -> {});
    }

    /**
     * Runs all starts of one plan.
     *
     * @param onStep told after each step of a batch, with the name of the optimizer at work
     * @return the answers that there are
     * @throws IllegalStateException if there are none, as no result could be confirmed
     */
    public MinimizationResult minimize(MinimizationPlan plan, Consumer<String> onStep) {
        List<MinimizationAnswer> answers = answers(plan.problems(), item -> false, onStep);
        boolean none = answers.stream().allMatch(answer -> answer.item() == null);
        return MinimizationResult.of(
                plan.definition().formula(),
                none
                        ? List.of(answers.get(0).orElseThrow())
                        : answers.stream()
                                .map(MinimizationAnswer::item)
                                .filter(Objects::nonNull)
                                .toList());
    }

    /**
     * Runs starts together.
     *
     * @param problems of plans with equal keys
     * @param cancelled whether a start, by its place in the list, shall end at the best found so far; asked before steps
     * @return an answer for each, in order
     * @throws IllegalStateException if a result could not be confirmed
     */
    public List<MinimizationItem> minimize(List<MinimizationProblem> problems, IntPredicate cancelled) {
        return answers(problems, cancelled).stream()
                .map(MinimizationAnswer::orElseThrow)
                .toList();
    }

    /**
     * Runs starts together; those whose results are not confirmed by another evaluation have no answer but a reason.
     *
     * @param problems of plans with equal keys
     * @param cancelled whether a start, by its place in the list, shall end at the best found so far; asked before steps
     * @return what became of each, in order
     */
    public List<MinimizationAnswer> answers(List<MinimizationProblem> problems, IntPredicate cancelled) {
        return answers(problems, cancelled, optimizer -> {});
    }

    private List<MinimizationAnswer> answers(
            List<MinimizationProblem> problems, IntPredicate cancelled, Consumer<String> onStep) {
        MinimizationPlan.Key key = problems.get(0).plan().key();
        for (MinimizationProblem problem : problems) {
            if (!problem.plan().key().equals(key)) {
                throw new IllegalArgumentException("The problems of a batch must have one key; %s and %s differ."
                        .formatted(key, problem.plan().key()));
            }
        }
        long elements = Math.max(1, problems.get(0).plan().compiled().cost().elements());
        int chunk = (int) Math.max(1, Math.min(problems.size(), batchElements / elements));
        Deadline[] deadlines = problems.stream()
                .map(problem -> problem.time().deadline(key.stop()))
                .toArray(Deadline[]::new);
        List<MinimizationAnswer> answers = new ArrayList<>();
        for (int from = 0; from < problems.size(); from += chunk) {
            int offset = from;
            int to = Math.min(from + chunk, problems.size());
            List<MinimizationProblem> some = problems.subList(from, to);
            Deadline[] ends = Arrays.copyOfRange(deadlines, from, to);
            answers.addAll(batch(
                    some,
                    new BatchSolver.Running(
                            ends, item -> cancelled.test(offset + item), onStep, new ProgressReporter(some, ends))));
        }
        logFailures(answers);
        return answers;
    }

    private static void logFailures(List<MinimizationAnswer> answers) {
        List<String> failures = answers.stream()
                .map(MinimizationAnswer::failure)
                .filter(Objects::nonNull)
                .toList();
        if (!failures.isEmpty()) {
            log.error(
                    "{} of {} results could not be confirmed and are FAILED; the first: {}",
                    failures.size(),
                    answers.size(),
                    failures.get(0));
        }
    }

    private List<MinimizationAnswer> batch(List<MinimizationProblem> problems, BatchSolver.Running running) {
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
            Confirmation confirmation = new Confirmation(
                    new ArrayFormula(plan.compiled(), parameters, transforms), plan.stop(), plan.epsilon());
            Certificates certificates = plan.certificate()
                    ? Certificates.of(problems, parameters, manager, x, running)
                    : Certificates.none(problems.size());
            ResultAssembler assembler = new ResultAssembler(plan, solvers);
            List<MinimizationAnswer> answers = new ArrayList<>();
            for (int i = 0; i < problems.size(); i++) {
                SolverRun beside = baseline == null ? null : baseline.get(i);
                String objection = confirmation.objection(i, main.get(i), beside);
                answers.add(
                        objection == null
                                ? MinimizationAnswer.of(assembler.item(
                                        problems.get(i).start(),
                                        x[i],
                                        certificates.noted(i, main.get(i)),
                                        beside,
                                        certificates.of(i)))
                                : MinimizationAnswer.failed(objection));
            }
            return answers;
        }
    }

    private List<SolverRun> solve(BatchSolver batch, Method method, double[][] starts, StopRule rule) {
        Optimizer optimizer = solvers.optimizer(method);
        List<SolverRun> solved = method.solver() == Solver.AUTO
                ? new AutoSolver(batch, optimizer, solvers.optimizer(method.with(Solver.LBFGS)), rule).minimize(starts)
                : batch.minimize(
                        optimizer, BatchSolver.all(starts.length), starts, Collections.nCopies(starts.length, rule));
        return solved.stream().map(one -> one.asReached(rule)).toList();
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

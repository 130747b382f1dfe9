package dev.secant.evaluation.report;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.evaluation.trial.LearnedSolver;
import dev.secant.evaluation.trial.ProfileProblem;
import dev.secant.evaluation.trial.ProfileResults;
import dev.secant.evaluation.trial.ProfileSolver;
import dev.secant.evaluation.trial.RunBudget;
import dev.secant.evaluation.trial.Trace;
import dev.secant.evaluation.trial.TracedRun;
import dev.secant.evaluation.trial.TunedSolver;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.firstorder.AdaHessian;
import dev.secant.optimizer.firstorder.Adam;
import dev.secant.optimizer.firstorder.GradientDescent;
import dev.secant.optimizer.firstorder.NesterovGradient;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.optimizer.newton.NonlinearConjugateGradient;
import dev.secant.optimizer.quasinewton.Bfgs;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.optimizer.quasinewton.Sr1;
import dev.secant.optimizer.secant.SecantQuasiNewton;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Performance profiles on the paper's 30 problems (L-SR1, arXiv 2508.12270, section 5.1.2) at equal iterations, evaluations
 * and wall clock, and the time to targets. Writes {@code profiles.md}, {@code .csv}, {@code profiles-rates.csv} and one SVG
 * a curve. Every problem is run by itself, in double precision.
 */
public final class ProfilesReport {

    private static final int MEMORY = 16;
    private static final int LARGEST_DENSE = 500;

    private final Settings settings;
    private final List<TunedSolver> tuned;
    private final List<ProfileSolver> solvers;
    private final ReportProgress progress;

    /**
     * What to measure.
     *
     * @param dimensions n; six functions in each
     * @param starts random starts of a problem
     * @param budget what a solver may spend
     * @param seed of minimizers and starts
     */
    public record Settings(int[] dimensions, int starts, RunBudget budget, long seed) {

        public Settings {
            if (starts < 1) {
                throw new IllegalArgumentException("The starts (%d) of a profile must be positive.".formatted(starts));
            }
            for (int n : dimensions) {
                if (n < 2) {
                    throw new IllegalArgumentException(
                            "The dimension (%d) of a profile must be at least 2.".formatted(n));
                }
            }
        }
    }

    /**
     * A report.
     *
     * @param checkpoints learned methods to measure too
     * @param more other methods to measure
     */
    public ProfilesReport(
            Settings settings, List<Checkpoint> checkpoints, List<Optimizer> more, ReportProgress progress) {
        this.settings = settings;
        this.progress = progress;
        int iterations = settings.budget().iterations();
        this.tuned = List.of(
                new TunedSolver(Adam::new, iterations),
                new TunedSolver(AdaHessian::new, iterations),
                new TunedSolver(NesterovGradient::new, iterations),
                new TunedSolver(GradientDescent::new, iterations));
        this.solvers = new ArrayList<>(List.of(
                ProfileSolver.of(new SecantQuasiNewton(MEMORY)),
                ProfileSolver.of(new Lbfgs(MEMORY)),
                ProfileSolver.of("SR1", new Sr1(MEMORY), Integer.MAX_VALUE),
                ProfileSolver.of("BFGS", new Bfgs(), LARGEST_DENSE),
                ProfileSolver.of(new NonlinearConjugateGradient()),
                ProfileSolver.of(new NewtonCg())));
        solvers.addAll(tuned);
        more.forEach(optimizer -> solvers.add(ProfileSolver.of(optimizer)));
        solvers.addAll(LearnedSolver.of(checkpoints));
    }

    /**
     * Measures and writes.
     *
     * @param folder where the files go
     * @param command that makes them, named in them
     * @return the Markdown
     */
    public String write(Path folder, String command) throws IOException {
        Files.createDirectories(folder);
        ProfileResults results = measure();
        String text = new ProfilesTables(settings, results).markdown(command);
        Files.writeString(folder.resolve("profiles.md"), text);
        Files.writeString(folder.resolve("profiles.csv"), ProfilesCsv.cases(settings.budget(), results));
        Files.writeString(folder.resolve("profiles-rates.csv"), ProfilesCsv.rates(tuned));
        for (ProfileFigure figure : ProfileFigure.values()) {
            Files.writeString(
                    folder.resolve(figure.file()),
                    figure.chart(settings, results).toSvg());
        }
        return text;
    }

    private ProfileResults measure() {
        List<ProfileProblem> problems = ProfileProblem.published(settings.dimensions());
        ProfileResults results =
                new ProfileResults(solvers.stream().map(ProfileSolver::name).toList());
        warmUp(problems.get(0));
        for (int p = 0; p < problems.size(); p++) {
            measure(problems.get(p), results);
            progress.onPart(p + 1, problems.size());
        }
        return results;
    }

    /** Once unseen, so that the first problem does not pay for the others' compilation. */
    private void warmUp(ProfileProblem problem) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn = draw(problem, manager);
            for (ProfileSolver solver : solvers) {
                if (!(solver instanceof TunedSolver)) {
                    solver.on(problem, drawn).ifPresent(optimizer -> run(optimizer, new TracedRun(drawn, 0)));
                }
            }
        }
    }

    private void measure(ProfileProblem problem, ProfileResults results) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn = draw(problem, manager);
            List<Optional<Optimizer>> optimizers =
                    solvers.stream().map(solver -> solver.on(problem, drawn)).toList();
            for (int start = 0; start < settings.starts(); start++) {
                TracedRun traced = new TracedRun(drawn, start);
                results.add(
                        problem,
                        start,
                        optimizers.stream()
                                .map(optimizer -> optimizer.map(o -> run(o, traced)))
                                .toList());
            }
        }
    }

    private ProfileResults.Run run(Optimizer optimizer, TracedRun traced) {
        RunBudget budget = settings.budget();
        Trace byIterations = traced.iterations(optimizer, budget.iterations());
        return new ProfileResults.Run(
                byIterations, traced.seconds(optimizer, budget.limitSeconds(), budget.evaluations()));
    }

    private ProblemSet draw(ProfileProblem problem, NDManager manager) {
        long seed = settings.seed() + problem.dimension();
        return problem.family()
                .draw(settings.starts(), problem.dimension(), DataType.FLOAT64, new SplittableRandom(seed), manager);
    }
}

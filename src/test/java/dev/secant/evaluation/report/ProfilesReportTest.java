package dev.secant.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.evaluation.trial.LearnedSolver;
import dev.secant.evaluation.trial.ProfileProblem;
import dev.secant.evaluation.trial.ProfileSolver;
import dev.secant.evaluation.trial.RunBudget;
import dev.secant.evaluation.trial.Trace;
import dev.secant.evaluation.trial.TracedRun;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.firstorder.GradientDescent;
import dev.secant.optimizer.newton.NewtonCg;
import dev.secant.problems.DiagonalQuadratics;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesReportTest {

    @Test
    void eigenvaluesAreEvenlySpacedFromOneEndToTheOther() {
        double[] eigenvalues = new DiagonalQuadratics(100).eigenvalues(5);
        assertThat(eigenvalues)
                .containsExactly(new double[] {1, Math.sqrt(0.1), 0.1, 0.1 * Math.sqrt(0.1), 0.01}, within(1e-12));
        assertThat(new DiagonalQuadratics(1).eigenvalues(3)).containsExactly(1, 1, 1);
        assertThatThrownBy(() -> new DiagonalQuadratics(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("condition (0.5)");
    }

    @Test
    void theGradientOfADiagonalQuadraticIsScaledByItsEigenvalues() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn =
                    new DiagonalQuadratics(100).draw(2, 3, DataType.FLOAT64, new SplittableRandom(1), manager);
            double[] at = drawn.objective().evaluate(drawn.start()).gradient().toDoubleArray();
            double[] one =
                    drawn.objective().evaluate(drawn.start().add(1)).gradient().toDoubleArray();
            for (int j = 0; j < 3; j++) {
                assertThat(one[j] - at[j]).isEqualTo(Math.pow(10, -j), within(1e-12));
                assertThat(one[3 + j] - at[3 + j]).isEqualTo(Math.pow(10, -j), within(1e-12));
            }
        }
    }

    @Test
    void theDefaultProblemsAreThoseOfThePaper() {
        List<ProfileProblem> problems = ProfileProblem.published(new int[] {50, 100, 250, 500, 1000});
        assertThat(problems).hasSize(30).doesNotHaveDuplicates();
        assertThat(problems.stream().map(problem -> problem.family().name()).distinct())
                .containsExactly(
                        "diagonal-1", "diagonal-100", "diagonal-1000", "diagonal-10000", "rosenbrock", "rastrigin");
    }

    @Test
    void aTraceSaysWhatWasReachedWithinABudget() {
        Trace trace = new Trace(new double[] {8, 4, 6, 0.5}, new int[] {1, 3, 4, 9}, new double[] {0, 0.1, 0.2, 0.3});
        assertThat(trace.gapWithinIterations(2)).isEqualTo(4);
        assertThat(trace.gapWithinEvaluations(2)).isEqualTo(8);
        assertThat(trace.gapWithinEvaluations(9)).isEqualTo(0.5);
        assertThat(trace.gapWithinSeconds(0.25)).isEqualTo(4);
        assertThat(trace.evaluationsTo(0.5)).isEqualTo(3);
        assertThat(trace.secondsTo(0.0625)).isEqualTo(0.3);
        assertThat(trace.secondsTo(0.01)).isInfinite();
    }

    /** On a quadratic of condition 1, a rate of 0.1 leaves 0.81 of the gap in each iteration. */
    @Test
    void aTracedRunSeesEveryPoint() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn = new DiagonalQuadratics(1).draw(2, 4, DataType.FLOAT64, new SplittableRandom(2), manager);
            Trace trace = new TracedRun(drawn, 1).iterations(new GradientDescent(0.1), 3);
            assertThat(trace.gaps()).hasSize(4);
            assertThat(trace.gaps()[3]).isEqualTo(trace.startGap() * Math.pow(0.81, 3), within(1e-9));
            assertThat(trace.evaluations()).containsExactly(1, 2, 3, 4);
            assertThat(trace.seconds()).isSorted();
        }
    }

    @Test
    void aTimedRunDoesItsEvaluationsHoweverShortTheTime() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn =
                    new DiagonalQuadratics(10).draw(1, 4, DataType.FLOAT64, new SplittableRandom(2), manager);
            Trace trace = new TracedRun(drawn, 0).seconds(new GradientDescent(1e-3), 1e-6, 12);
            assertThat(trace.evaluations()[trace.evaluations().length - 1]).isEqualTo(12);
            // Products with the Hessian are evaluations, too.
            Trace newton = new TracedRun(drawn, 0).iterations(new NewtonCg(), 1);
            assertThat(newton.evaluations()[1]).isGreaterThan(3);
        }
    }

    @Test
    void learnedSolversTakePartInTheirFamilyOnly() {
        Checkpoint quadratic = CheckpointRegistry.bundled().get("quadratic");
        Checkpoint anywhere = Checkpoint.seal(withoutFamily(quadratic.manifest()), quadratic.weights());
        ProfileSolver special = LearnedSolver.of(List.of(quadratic)).get(0);
        ProfileSolver general = LearnedSolver.of(List.of(anywhere)).get(0);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet drawn = new Rosenbrock().draw(1, 4, DataType.FLOAT64, new SplittableRandom(3), manager);
            ProfileProblem diagonal = new ProfileProblem(new DiagonalQuadratics(1), "quadratic", 4);
            ProfileProblem valley = new ProfileProblem(new Rosenbrock(), "rosenbrock", 4);
            assertThat(special.on(diagonal, drawn)).isPresent();
            assertThat(special.on(valley, drawn)).isEmpty();
            assertThat(general.on(valley, drawn)).isPresent();
        }
        assertThat(LearnedSolver.of(CheckpointRegistry.bundled().list().stream()
                        .map(manifest -> CheckpointRegistry.bundled().get(manifest.id()))
                        .toList()))
                .extracting(ProfileSolver::name)
                .as("all of a preset together are one solver")
                .containsOnlyOnce("Secant", "Secant (general@1.0.0 alone)");
        assertThatThrownBy(() -> LearnedSolver.of(List.of(quadratic, quadratic)))
                .hasMessageContaining("(quadratic@1.0.0) and (quadratic@1.0.0)");
    }

    private static CheckpointManifest withoutFamily(CheckpointManifest manifest) {
        Map<String, Object> settings = new java.util.TreeMap<>(manifest.settings());
        settings.remove("family");
        return new CheckpointManifest(
                "general", "1.0.0", manifest.preset(), settings, "", "", 1, Map.of(), Map.of(), "", List.of());
    }

    @Test
    void writesTablesNumbersAndFigures(@TempDir Path folder) throws IOException {
        RunBudget budget = new RunBudget(5, 6, 0.001, 0.001);
        Optimizer more = new GradientDescent(1e-3);
        String text = new ProfilesReport(
                        new ProfilesReport.Settings(new int[] {3}, 1, budget, 4),
                        List.of(),
                        List.of(more),
                        ReportProgress.NONE)
                .write(folder, "the command");
        assertThat(text)
                .contains("the command", "6 cases", "| Secant (untrained) |", "| BFGS |", "## After 5 iterations");
        List<String> rows = Files.readAllLines(folder.resolve("profiles.csv"));
        assertThat(rows).hasSize(1 + 6 * 11);
        assertThat(rows.get(0).split(",")).hasSize(20);
        assertThat(rows).allMatch(row -> row.split(",", -1).length == 20);
        assertThat(Files.readAllLines(folder.resolve("profiles-rates.csv"))).hasSizeGreaterThan(1 + 6 * 4 * 13);
        for (ProfileFigure figure : ProfileFigure.values()) {
            assertThat(folder.resolve(figure.file()))
                    .content()
                    .startsWith("<svg")
                    .contains(">Newton-CG</text>");
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new RunBudget(0, 1, 1, 1)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> new RunBudget(1, 1, 2, 1)).hasMessageContaining("wall clock (2.0 s)");
        RunBudget budget = new RunBudget(1, 1, 1, 1);
        assertThatThrownBy(() -> new ProfilesReport.Settings(new int[] {1}, 1, budget, 1))
                .hasMessageContaining("dimension (1)");
    }
}

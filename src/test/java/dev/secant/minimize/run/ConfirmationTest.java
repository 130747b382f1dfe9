package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ConfirmationTest {

    private final Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.classical());

    /** As if memory had been lent to somebody else: a parameter changes under the engine's hands. */
    @ParameterizedTest
    @CsvSource({"float32, lbfgs", "float32, auto", "float64, lm", "float64, lbfgs"})
    void numbersThatAreNotTheFormulasAreNoResult(String precision, String solver) {
        MinimizationPlan plan = plan(
                """
                {"expression": "sum((A @ x - b)^2)", "starts": [[3, 4], [1, 1]], "solver": "%s", "precision": "%s",
                 "parameters": {"A": [[1, 2], [3, 4], [5, 7]], "b": [1, 2, 2]}, "stop": {"maxSteps": 5}}"""
                        .formatted(solver, precision));
        double[] b = plan.definition().parameters().get("b").numbers();
        assertThatThrownBy(() -> minimizer.minimize(plan, step -> b[0] += 1e-3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be confirmed");
    }

    @ParameterizedTest
    @CsvSource({"1.0000001, 1, true", "1, 1.0000001, true", "1.000000000000001, 1.000000000000001, false"})
    void aDifferenceIsOneOnlyBeyondRounding(double valueFactor, double gradientFactor, boolean objected) {
        String formula = "sum((x^2 - [2, 3])^2) + exp(x[1] * x[2])";
        double[] x = {0.7, -1.3};
        double[] gradient = new double[2];
        ArrayFormula arrays = formula(formula, 2);
        double value = arrays.evaluate(0, x, gradient);
        double norm = Math.hypot(gradient[0], gradient[1]);
        SolverRun run = solved(x, value * valueFactor, norm * gradientFactor, Termination.MAX_STEPS);
        assertThat(confirmation(arrays, Math.ulp(1.0)).objection(0, run, null) != null)
                .isEqualTo(objected);
        assertThat(confirmation(arrays, Math.ulp(1f)).objection(0, run, null)).isNull();
    }

    /** No false alarm: the whole catalogue, in both precisions, one start on arrays and many on tensors, with bounds and without. */
    @ParameterizedTest
    @CsvSource({
        "auto, float64, 5, false",
        "auto, float32, 2, true",
        "lbfgs, float64, 200, false",
        "newton-cg, float64, 2, true",
        "adam, float32, 3, true"
    })
    void whatIsHonestIsConfirmed(String solver, String precision, int count, boolean bounded) {
        for (CatalogueEntry entry : Catalogue.standard().entries()) {
            MinimizationPlan plan = plan(
                    """
                    {"objective": "%s", "solver": "%s", "precision": "%s", "stop": {"maxSteps": 50, "maxEvaluations": 150},
                     "sampling": {"count": %d, "seed": 4, "lower": [-1.5], "upper": [2.5]}%s}"""
                            .formatted(
                                    entry.name(),
                                    solver,
                                    precision,
                                    count,
                                    bounded ? ", \"bounds\": {\"lower\": [-2], \"upper\": [100]}" : ""));
            assertThat(minimizer.answers(plan.problems(), item -> false))
                    .as(entry.name())
                    .extracting(MinimizationAnswer::failure)
                    .containsOnlyNulls();
        }
    }

    /** What cancels, kinks and edges: a last digit of an intermediate result is worth much more than one of the value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(x[1] + 1e8) - 1e8 + x[2]^2                | 1e-9  | 0",
                "sum((1e6 * x - [1e6, 1e6])^2)              | 1e-19 | 1e-4",
                "abs(x[1] - x[2] + 1e-17) + x[1]^2          | 0     | 1.9",
                "max(x[1], x[2]) + 0 * x[2]                 | 0     | 0",
                "sqrt(x[1] - x[2])                          | 0     | 1e300",
                "exp(1000 * (x[1] - x[2])) * x[1]           | 1e-13 | 1e-10"
            })
    void whatRoundingMayDoIsConfirmed(String formula, double valueOff, double gradientOff) {
        double[] x = {1, 1};
        double[] gradient = new double[2];
        ArrayFormula arrays = formula(formula, 2);
        double value = arrays.evaluate(0, x, gradient);
        double norm = Double.isFinite(gradient[0]) ? Math.hypot(gradient[0], gradient[1]) : 0;
        SolverRun run = solved(x, value + valueOff, norm + gradientOff, Termination.STALLED);
        assertThat(confirmation(arrays, Math.ulp(1.0)).objection(0, run, null)).isNull();
    }

    @Test
    void convergedMeansAGradientWithinTheTolerance() {
        ArrayFormula arrays = formula("sum(x^2)", 2);
        double[] x = {1e-6, 0};
        Confirmation confirmation = confirmation(arrays, Math.ulp(1.0));
        assertThat(confirmation.objection(0, solved(x, 1e-12, 2e-6, Termination.CONVERGED), null))
                .contains("CONVERGED")
                .contains("2.0E-6");
        assertThat(confirmation.objection(0, solved(x, 1e-12, 2e-6, Termination.STALLED), null))
                .isNull();
        assertThat(confirmation.objection(0, solved(x, 1e-12, 2e-6, Termination.CONVERGED, Convergence.DECREASE), null))
                .as("by another rule")
                .isNull();
        assertThat(confirmation.objection(
                        0, solved(x, 1e-12, 2e-6, Termination.CONVERGED, Convergence.RELATIVE_GRADIENT), null))
                .contains("2.0E-6");
    }

    /** Over the hump of a double well's neighbour and back: the tolerance is met above the best point. */
    @Test
    void aPointThatIsNotTheBestHasNotConverged() {
        SolverRun run = new SolverRun(
                new double[] {1},
                Storage.ARRAYS,
                new Optimum.Outcome(
                        1,
                        0.5,
                        2,
                        3,
                        Termination.CONVERGED,
                        Convergence.GRADIENT,
                        new int[] {0, 1, 2},
                        new double[] {5, 1, 2},
                        new double[] {4, 0.5, 0},
                        new double[3],
                        new double[3],
                        new int[] {1, 2, 3},
                        0),
                List.of(),
                List.of(),
                new double[0],
                Integer.MAX_VALUE);
        SolverRun reached = run.asReached(StopRule.steps(10).withGradientTolerance(1e-8));
        assertThat(reached.outcome().termination()).isEqualTo(Termination.STALLED);
        assertThat(reached.events()).singleElement().asString().contains("above the best value");
        assertThat(run.asReached(StopRule.steps(10).withGradientTolerance(0.5))).isSameAs(run);
    }

    private static Confirmation confirmation(ArrayFormula arrays, double epsilon) {
        return new Confirmation(arrays, StopRule.steps(10).withGradientTolerance(1e-8), epsilon);
    }

    private static ArrayFormula formula(String source, int n) {
        return new ArrayFormula(
                CompiledObjective.compile(Formula.parse(source), n, Map.of()), Map.<String, ParameterValue>of(), null);
    }

    private static SolverRun solved(double[] x, double value, double norm, Termination termination) {
        return solved(
                x,
                value,
                norm,
                termination,
                termination == Termination.CONVERGED ? Convergence.GRADIENT : Convergence.NONE);
    }

    private static SolverRun solved(
            double[] x, double value, double norm, Termination termination, Convergence convergence) {
        Optimum.Outcome outcome = new Optimum.Outcome(
                value,
                norm,
                0,
                1,
                termination,
                convergence,
                new int[1],
                new double[] {value},
                new double[] {norm},
                new double[1],
                new double[1],
                new int[] {1},
                0);
        return new SolverRun(x, Storage.ARRAYS, outcome, List.of(), List.of(), new double[0], Integer.MAX_VALUE);
    }

    private static MinimizationPlan plan(String body) {
        return new RequestReader().read(new JsonMapper().readValue(body, MinimizationRequest.class));
    }
}

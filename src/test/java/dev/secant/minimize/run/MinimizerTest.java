package dev.secant.minimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.request.Examples;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.request.Validation;
import dev.secant.minimize.request.Validator;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.optimizer.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class MinimizerTest {

    private final JsonMapper json = new JsonMapper();
    private final Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.classical());

    static Stream<Examples.Example> examples() {
        return Examples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleRunsAndIsWrittenAsJson(Examples.Example example) {
        MinimizationResult result = run(example.body());
        assertThat(result.value()).isNotNull();
        assertThat(result.terminations()).doesNotContainKeys("NON_FINITE", "DIVERGED", "CANCELLED");
        String written = json.writeValueAsString(result);
        assertThat(json.readValue(written, MinimizationResult.class)).isEqualTo(result);
    }

    static Stream<CatalogueEntry> entries() {
        return Catalogue.standard().entries().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theExampleOfEveryCatalogueEntryGoesDown(CatalogueEntry entry) {
        MinimizationRequest request = json.convertValue(entry.example(), MinimizationRequest.class);
        MinimizationItem item = minimizer
                .minimize(new RequestReader().read(request.withSolver("lbfgs")))
                .items()
                .get(0);
        assertThat(item.value()).isLessThan(item.curve().values().get(0));
    }

    @ParameterizedTest
    @CsvSource({"auto", "lbfgs", "bfgs", "sr1", "newton-cg", "lm"})
    void everySolverFindsTheBottomOfTheValley(String solver) {
        MinimizationItem item = run("{\"objective\": \"extended-rosenbrock\", \"solver\": \"%s\"}".formatted(solver))
                .items()
                .get(0);
        assertThat(item.value()).as(item.curve().termination()).isLessThan(1e-12);
        assertThat(item.knownMinimum()).isZero();
        assertThat(item.provenance().storage()).isEqualTo(Storage.ARRAYS);
        assertThat(item.curve().values()).hasSize(item.curve().steps() + 1);
        assertThat(item.curve().evaluationCounts())
                .hasSize(item.curve().steps() + 1)
                .isSorted();
    }

    /** Sixteen starts of 70,000 variables are more than arrays are chosen for. */
    @ParameterizedTest
    @CsvSource({"auto", "lbfgs"})
    void aLargeBatchSaysThatItRanOnTensors(String solver) {
        MinimizationResult result = run(
                """
                {"expression": "sum((x - 1)^2)", "dimension": 70000, "solver": "%s",
                 "sampling": {"count": 16, "seed": 1, "lower": [-1], "upper": [1]}, "stop": {"maxSteps": 3}}"""
                        .formatted(solver));
        assertThat(result.items())
                .hasSize(16)
                .allSatisfy(item -> assertThat(item.provenance().storage()).isEqualTo(Storage.TENSORS));
    }

    @Test
    void staysInTheBoxAndEndsAtItsEdge() {
        MinimizationResult result = run(
                """
                {"expression": "(x[1] - 3)^2 + (x[2] + 1)^2 + (x[3] - 0.5)^2", "starts": [[0.2, 0.9, 4]],
                 "bounds": {"lower": [0, 0, null], "upper": [1, null, null]}, "solver": "lbfgs",
                 "certificate": true, "trajectory": {"iterates": true}}""");
        List<Double> x = result.items().get(0).x();
        assertThat(x.get(0)).isCloseTo(1, within(1e-6)).isLessThanOrEqualTo(1);
        assertThat(x.get(1)).isCloseTo(0, within(1e-6)).isGreaterThanOrEqualTo(0);
        assertThat(x.get(2)).isCloseTo(0.5, within(1e-6));
        assertThat(result.items().get(0).curve().iterates())
                .as("in the request's variables")
                .allSatisfy(iterate -> assertThat(iterate.x().get(0)).isBetween(0.0, 1.0));
        assertThat(result.items().get(0).certificate().verdict()).isEqualTo("MINIMUM");
        assertThat(result.items().get(0).certificate().statement()).endsWith("Bounds hold 2 variables, left out here.");
    }

    @Test
    void runsRequestsWithDifferentParametersInOneBatch() {
        MinimizationPlan one = plan("{\"objective\": \"quadratic\", \"solver\": \"lbfgs\"}");
        MinimizationPlan other = plan(
                """
                {"objective": "quadratic", "solver": "lbfgs",
                 "parameters": {"H": [[2, 0, 0], [0, 4, 0], [0, 0, 8]], "b": [-2, -4, -8]}}""");
        assertThat(other.key()).isEqualTo(one.key());
        List<MinimizationProblem> both = new ArrayList<>(one.problems());
        both.addAll(other.problems());
        List<MinimizationItem> items = minimizer.minimize(both, item -> false);
        assertThat(items.get(1).x()).allSatisfy(x -> assertThat(x).isCloseTo(1, within(1e-6)));
        assertThat(items.get(0).value()).isCloseTo(minimizer.minimize(one).value(), within(1e-10));
    }

    @Test
    void saysWhichPartOfAStartIsNotFinite() {
        List<MinimizationItem> items =
                run("{\"expression\": \"sum(x - log(x))\", \"starts\": [[2, 3], [2, -3]], \"solver\": \"lbfgs\"}")
                        .items();
        assertThat(items.get(0).curve().events()).isEmpty();
        assertThat(items.get(1).curve().termination()).isEqualTo("NON_FINITE");
        assertThat(items.get(1).curve().events())
                .containsExactly("start 1: element 2 of log(x) is not a number, where element 2 of x is -3");
    }

    @Test
    void endsCancelledStartsOnly() {
        MinimizationPlan plan =
                plan("{\"objective\": \"rosenbrock\", \"solver\": \"lbfgs\", \"sampling\": {\"count\": 3}}");
        List<MinimizationItem> items = minimizer.minimize(plan.problems(), item -> item == 1);
        assertThat(items)
                .extracting(item -> item.curve().termination())
                .element(1)
                .isEqualTo("CANCELLED");
        assertThat(items.get(0).value()).isLessThan(1e-10);
    }

    @Test
    void keepsThePointsAndAnglesAskedFor() {
        MinimizationItem item =
                run("""
                {"objective": "sphere", "dimension": 4, "solver": "adam", "stop": {"maxSteps": 10},
                 "trajectory": {"iterates": true, "every": 5, "cosines": true}}""")
                        .items()
                        .get(0);
        assertThat(item.curve().iterates())
                .extracting(MinimizationItem.Iterate::step)
                .containsExactly(0, 5, 10);
        assertThat(item.curve().cosines()).hasSize(11);
        assertThat(item.curve().cosines().get(0)).isNull();
        assertThat(item.curve().cosines().get(1)).isCloseTo(1, within(1e-6));
    }

    @Test
    void tellsMinimaFromSaddles() {
        List<MinimizationItem> items = run(Examples.all().stream()
                        .filter(example -> example.name().equals("certificate"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .items();
        assertThat(items).extracting(item -> item.certificate().verdict()).containsExactly("SADDLE", "MINIMUM");
        MinimizationItem saddle =
                run("""
                {"expression": "x[1]^2 - x[2]^2 + x[2]^4", "starts": [[0.5, 0]], "certificate": true}""")
                        .items()
                        .get(0);
        assertThat(saddle.certificate().verdict()).isEqualTo("SADDLE");
        assertThat(saddle.certificate().eigenvalues().get(0)).isCloseTo(-2, within(1e-9));
    }

    @Test
    void findsTheEndsOfALargeSpectrum() {
        MinimizationItem item =
                run("""
                {"expression": "0.5 * sum((1:n) * x^2)", "dimension": 300, "sampling": {"count": 1, "lower": [-1], "upper": [1]},
                 "solver": "lbfgs", "certificate": true}""")
                        .items()
                        .get(0);
        assertThat(item.certificate().largestEigenvalue()).isCloseTo(300, within(0.5));
        assertThat(item.certificate().smallestEigenvalue()).isBetween(1.0, 2.0);
        assertThat(item.certificate().verdict()).isEqualTo("MINIMUM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 / (x[1] - 1)",
                "log(-x[1]) + x[1]",
                "sqrt(-x[1])",
                "x[1] / 0",
                "exp(1e6 * x[1])",
                "x[1] * (1/0 - 1/0)"
            })
    void stopsWhereNumbersAreNotFiniteAtTheStart(String expression) {
        MinimizationItem item = run("{\"expression\": \"%s\", \"starts\": [[1]]}".formatted(expression))
                .items()
                .get(0);
        assertThat(item.curve().termination()).isEqualTo("NON_FINITE");
        assertThat(item.value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}||Either an objective",
                "{\"objective\": \"rosenbrok\"}|/objective|Did you mean rosenbrock?",
                "{\"objective\": \"beale\", \"dimension\": 3}|/dimension|2 variables, not 3",
                "{\"objective\": \"wood\", \"dimension\": 6}|/dimension|multiple of 4",
                "{\"expression\": \"sum(x^2)\"}|/starts|needs starts",
                "{\"expression\": \"sum(x^2\", \"starts\": [[1]]}|/expression|line 1, column 8",
                "{\"expression\": \"sum(x^2)\", \"starts\": [[1, 2], [3]]}|/starts/1|2 numbers, not 1",
                "{\"expression\": \"sum(x^2)\", \"starts\": [[1, null]]}|/starts/0/1|finite number",
                "{\"expression\": \"sum(a*x)\", \"starts\": [[1]], \"parameters\": {\"a\": [[1], [1, 2]]}}|/parameters/a/1|first row has 1",
                "{\"expression\": \"sum(x)\", \"starts\": [[1]], \"parameters\": {\"sum\": 1}}|/parameters/sum|is a function",
                "{\"objective\": \"sphere\", \"parameters\": {\"q\": 1}}|/parameters/q|no parameter q",
                "{\"objective\": \"sphere\", \"solver\": \"sgd\"}|/solver|must be one of auto",
                "{\"objective\": \"sphere\", \"compareWith\": \"x\"}|/compareWith|must be one of auto",
                "{\"objective\": \"rastrigin\", \"solver\": \"lm\"}|/solver|sum of squares",
                "{\"objective\": \"sphere\", \"stop\": {\"maxSteps\": 0}}|/stop/maxSteps|from 1 to",
                "{\"objective\": \"sphere\", \"stop\": {\"timeLimitSeconds\": -1}}|/stop/timeLimitSeconds|above 0",
                "{\"objective\": \"sphere\", \"bounds\": {\"lower\": [2], \"upper\": [1]}}|/bounds/lower|must be below",
                "{\"objective\": \"sphere\", \"bounds\": {\"lower\": [1, 2, 3]}}|/bounds/lower|not 3",
                "{\"objective\": \"sphere\", \"sampling\": {\"count\": 1000000}}|/sampling/count|from 1 to",
                "{\"objective\": \"sphere\", \"precision\": \"half\"}|/precision|float64 or float32",
                "{\"objective\": \"random-quadratic\", \"parameters\": {\"condition\": 0.5}}|/parameters|condition number"
            })
    void pointsAtWhatIsWrong(String body, String pointer, String message) {
        assertThatThrownBy(() -> plan(body)).isInstanceOfSatisfying(InvalidRequestException.class, e -> {
            assertThat(e.violations().get(0).pointer()).isEqualTo(pointer == null ? "" : pointer);
            assertThat(e.violations().get(0).message()).contains(message);
        });
    }

    @Test
    void validatesWithoutMinimizing() {
        Validation validation = new Validator()
                .validate(plan("{\"objective\": \"rosenbrock\", \"dimension\": 60, \"sampling\": {\"count\": 8}}"));
        assertThat(validation.gradientAgrees()).isTrue();
        assertThat(validation.sumOfSquares()).isTrue();
        assertThat(validation.residuals()).isEqualTo(118);
        assertThat(validation.starts()).isEqualTo(8);
        assertThat(validation.warnings()).isEmpty();
        assertThat(new Validator()
                        .validate(plan("{\"expression\": \"log(x[1])\", \"starts\": [[-1]]}"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("NON_FINITE")
                .endsWith("There, log(x[1]) is not a number, where x[1] is -1.");
    }

    private MinimizationPlan plan(String body) {
        return new RequestReader().read(json.readValue(body, MinimizationRequest.class));
    }

    private MinimizationResult run(String body) {
        return minimizer.minimize(plan(body));
    }
}

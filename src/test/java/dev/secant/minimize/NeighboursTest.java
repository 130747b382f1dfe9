package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Nobody's numbers depend on who shares the batch. */
class NeighboursTest {

    private static final List<String> SUMS_OF_SQUARES = List.of(
            "sum((c * (x[2:n] - x[1:n-1]^2))^2) + sum((1 - x)^2)", "sum((x^2 - c)^2) + sum((x[1:n-1] * x[2:n] - 1)^2)");
    private static final List<String> OTHERS = List.of(
            "sum(c * (x[2:n] - x[1:n-1]^2)^2) + sum(x^4) - 0.3 * sum(x)",
            "sum(x^4 - 5 * x^2) + c * (x[1] - x[2] * x[n])^2 + sum(abs(x))",
            "sum(sqrt(1 + c * x^2)) + 0.01 * (x @ x)^2");

    private final Minimizer minimizer = new Minimizer(Device.cpu(), SolverFactory.of(CheckpointRegistry.bundled()));

    /** Formulas of sums and products, which are evaluated on arrays however many items there are. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "lsr1", "lbfgs", "sr1", "bfgs", "newton-cg", "adam", "lm"})
    void onArraysTheyAreTheSameToTheBit(String solver) {
        Random random = new Random(20);
        for (int round = 0; round < 12; round++) {
            List<String> formulas = solver.equals("lm") || round % 3 == 0 ? SUMS_OF_SQUARES : OTHERS;
            String formula = formulas.get(random.nextInt(formulas.size()));
            int n = 3 + random.nextInt(6);
            int evaluations = 40 + random.nextInt(500);
            List<MinimizationProblem> together = new ArrayList<>();
            List<MinimizationItem> alone = new ArrayList<>();
            for (int item = 0; item < 2 + random.nextInt(4); item++) {
                MinimizationPlan plan = plan(formula, solver, n, evaluations, random);
                together.addAll(plan.problems());
                alone.addAll(minimizer.minimize(plan.problems(), i -> false));
            }
            List<MinimizationItem> items = minimizer.minimize(together, i -> false);
            for (int item = 0; item < items.size(); item++) {
                assertThat(items.get(item))
                        .as("%s of %s, round %d, item %d", solver, formula, round, item)
                        .isEqualTo(alone.get(item));
            }
        }
    }

    /**
     * Where functions or matrices make it pay, many items go to tensors while one stays on arrays, and the engine chooses its loops
     * by the size of the batch: so what is promised is the same end, to the digits that the tolerance of the gradient leaves, and
     * not the same way there. (A convex function: elsewhere a last digit may lead to another minimum.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "lbfgs", "bfgs", "newton-cg"})
    void onTensorsTheyEndAlike(String solver) {
        Random random = new Random(21);
        String formula = "sum(log(cosh(sqrt(c) * x - (1:n) / n))) + 0.05 * (x @ x) + exp(mean(x))";
        List<MinimizationProblem> together = new ArrayList<>();
        List<MinimizationItem> alone = new ArrayList<>();
        for (int item = 0; item < 40; item++) {
            MinimizationPlan plan = plan(formula, solver, 200, 20_000, random);
            assertThat(plan.compiled().suitsArrays(1)).isTrue();
            assertThat(plan.compiled().suitsArrays(40)).isFalse();
            together.addAll(plan.problems());
            alone.addAll(minimizer.minimize(plan.problems(), i -> false));
        }
        List<MinimizationItem> items = minimizer.minimize(together, i -> false);
        for (int item = 0; item < items.size(); item++) {
            MinimizationItem own = alone.get(item);
            assertThat(items.get(item).curve().termination())
                    .isEqualTo(own.curve().termination())
                    .isEqualTo("CONVERGED");
            assertThat(items.get(item).value()).isCloseTo(own.value(), within(1e-13 * Math.abs(own.value())));
        }
    }

    private static MinimizationPlan plan(String formula, String solver, int n, int evaluations, Random random) {
        double c = random.nextBoolean() ? 10 : Math.exp(4 * random.nextDouble());
        List<String> start = random.doubles(n, -2, 2)
                .mapToObj(x -> String.format(Locale.ROOT, "%.3f", x))
                .toList();
        return new RequestReader(ExpressionLimits.DEFAULT, SolverFactory.of(CheckpointRegistry.bundled()))
                .read(new JsonMapper()
                        .readValue(
                                """
                        {"expression": "%s", "parameters": {"c": %s}, "starts": [%s], "solver": "%s",
                         "stop": {"maxEvaluations": %d, "maxSteps": 300, "gradientTolerance": 1e-7}}"""
                                        .formatted(formula, c, start, solver, evaluations),
                                MinimizationRequest.class));
    }
}

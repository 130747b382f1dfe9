package dev.secant.jobs.minimization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.jobs.minimization.BatchPlacement.Place;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CostPlacementTest {

    private final SolverFactory solvers = SolverFactory.of(CheckpointRegistry.bundled());
    private final BatchPlacement onCpu = new CostPlacement(solvers, false);
    private final BatchPlacement besideGpu = new CostPlacement(solvers, true);

    private MinimizationPlan plan(String body) {
        return new RequestReader(ExpressionLimits.DEFAULT, solvers)
                .read(new JsonMapper().readValue(body, MinimizationRequest.class));
    }

    @Test
    void formulasThatAreFasterOnArraysNeedNoDevice() {
        MinimizationPlan plan = plan("{\"objective\": \"rosenbrock\", \"dimension\": 100}");
        assertThat(onCpu.of(plan, 1)).isEqualTo(Place.ARRAYS);
        assertThat(onCpu.of(plan, 1024)).isEqualTo(Place.ARRAYS);
    }

    @Test
    void singlePrecisionAndNetworksOnTensorsNeedOne() {
        assertThat(onCpu.of(plan("{\"objective\": \"rosenbrock\", \"precision\": \"float32\"}"), 1))
                .isEqualTo(Place.DEVICE);
        assertThat(onCpu.of(
                        plan(
                                """
                                {"objective": "sphere", "solver": "lbfgs", "compareWith": "lsr1",
                                 "solverOptions": {"checkpoint": "quadratic"}}"""),
                        1))
                .isEqualTo(Place.DEVICE);
    }

    @Test
    void besideAGpuOnlySmallWorkStaysOnArrays() {
        MinimizationPlan plan = plan("{\"objective\": \"rosenbrock\", \"dimension\": 100}");
        assertThat(besideGpu.of(plan, 1)).isEqualTo(Place.ARRAYS);
        assertThat(besideGpu.of(plan, 8192)).isEqualTo(Place.DEVICE);
    }

    @Test
    void theEstimateOrdersRequestsAndKeepsToTheTimeLimit() {
        double usual = MinimizationCost.seconds(plan("{\"objective\": \"rosenbrock\"}"));
        double large = MinimizationCost.seconds(
                plan(
                        """
                        {"objective": "rosenbrock", "dimension": 1000,
                         "stop": {"maxSteps": 100000, "maxEvaluations": 100000, "timeLimitSeconds": 3600}}"""));
        double limited = MinimizationCost.seconds(
                plan(
                        """
                        {"objective": "rosenbrock", "dimension": 1000,
                         "stop": {"maxSteps": 100000, "maxEvaluations": 100000, "timeLimitSeconds": 0.5}}"""));
        double squares = MinimizationCost.seconds(plan("{\"objective\": \"rosenbrock\", \"solver\": \"lm\"}"));
        assertThat(squares).isGreaterThan(2 * usual);
        assertThat(usual).isLessThan(0.1);
        assertThat(large).isGreaterThan(10);
        assertThat(limited).isEqualTo(0.5);
    }
}

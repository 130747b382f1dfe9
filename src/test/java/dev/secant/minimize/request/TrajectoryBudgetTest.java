package dev.secant.minimize.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.TrajectoryBudget;
import dev.secant.minimize.TrajectoryPoint;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TrajectoryBudgetTest {

    private static final String SLOW =
            """
            {"expression": "sum((x - 1)^2)", "starts": [[0, 0], [3, 4]], "solver": "%s",
             "solverOptions": {"learningRate": 1e-6}, "stop": {"maxSteps": %d, "relativeDecreaseTolerance": 0},
             "trajectory": {"iterates": %s, "every": %d}}""";

    @Test
    void aTrajectoryWithinTheBudgetIsWhole() {
        MinimizationItem.Curve curve =
                run(1_000_000, SLOW.formatted("adam", 300, true, 1)).curve();

        assertThat(curve.every()).isEqualTo(1);
        assertThat(curve.recordedSteps()).isNull();
        assertThat(curve.values()).hasSize(301);
        assertThat(curve.iterates()).hasSize(301);
    }

    @Test
    void aTrajectoryBeyondTheBudgetIsThinnedAndSaysSo() {
        // A start has a tenth of the budget; 8 numbers a point: 128 points.
        MinimizationItem item = run(1_024 * 10, SLOW.formatted("adam", 1_000, true, 1));
        MinimizationItem.Curve curve = item.curve();

        assertThat(curve.steps()).isEqualTo(1_000);
        assertThat(curve.every()).isEqualTo(8);
        assertThat(curve.values()).hasSizeBetween(100, 130).hasSameSizeAs(curve.recordedSteps());
        assertThat(curve.recordedSteps()).startsWith(0, 8, 16).endsWith(1_000);
        assertThat(curve.iterates()).hasSizeBetween(100, 130);
        List<TrajectoryPoint> points = TrajectoryPoint.of(item, false).toList();
        assertThat(points).extracting(TrajectoryPoint::step).startsWith(0, 8, 16);
        assertThat(points.subList(0, points.size() - 1))
                .as("iterates lie on the recorded steps")
                .allSatisfy(point -> assertThat(point.x()).hasSize(2));
    }

    @Test
    void iteratesStayOnRecordedStepsWhateverTheirSpacing() {
        MinimizationItem item = run(1_024 * 10, SLOW.formatted("adam", 1_000, true, 3));

        long shown = TrajectoryPoint.of(item, false)
                .filter(point -> point.x() != null)
                .count();
        assertThat(shown).isEqualTo(item.curve().iterates().size()).isGreaterThan(50);
    }

    @Test
    void shortRunsLoseNothingWhateverTheStepsAllowed() {
        String request = SLOW.formatted("lbfgs", 100_000, false, 1);

        assertThat(run(20_000, request).curve().every()).isEqualTo(1);
    }

    @Test
    void whatCannotBeThinnedIsRefusedWithBudgetProductAndRemedy() {
        assertThatThrownBy(() -> plan(1_000, SLOW.formatted("adam", 1_000, true, 1)))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                    assertThat(e.violations()).hasSize(1);
                    assertThat(e.violations().get(0).pointer()).isEqualTo("/trajectory/iterates");
                    assertThat(e.violations().get(0).message())
                            .contains("2 starts x 1 solvers x 1000 steps", "1.6", "the budget of 1000")
                            .contains("secant.minimize.max-trajectory-numbers", "Maybe send fewer starts at once");
                });
    }

    @Test
    void oneStartHasATenthOfTheBudget() {
        // 10,000 points of 1,003 numbers are half of the budget, but more than a tenth of it.
        MinimizationPlan plan = plan(
                20_000_000,
                """
                {"objective": "sphere", "dimension": 1000, "stop": {"maxSteps": 10000}, "trajectory": {"iterates": true}}""");

        assertThat(plan.trajectoryNumbers()).isBetween(1_900_000L, 2_000_000L);
    }

    private static MinimizationItem run(long budget, String request) {
        SolverFactory solvers = SolverFactory.classical();
        return new Minimizer(Device.cpu(), solvers)
                .minimize(plan(budget, request))
                .items()
                .get(0);
    }

    private static MinimizationPlan plan(long budget, String request) {
        return new RequestReader(ExpressionLimits.DEFAULT, SolverFactory.classical(), new TrajectoryBudget(budget))
                .read(JsonMapper.shared().readValue(request, MinimizationRequest.class));
    }
}

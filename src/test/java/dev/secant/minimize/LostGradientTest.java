package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A gradient of zero stops a solver: it is zero where the formula says so, and nowhere else. */
class LostGradientTest {

    @ParameterizedTest
    @CsvSource({"auto", "lm", "lbfgs"})
    void aSingleResidualMoves(String solver) {
        MinimizationItem item = run("{\"expression\": \"(x[1] - 2)^2\", \"starts\": [[1]], \"solver\": \"%s\"}"
                        .formatted(solver))
                .items()
                .get(0);
        assertThat(item.x().get(0)).as(item.curve().termination()).isCloseTo(2, within(1e-8));
    }

    /** Conditions alone: the gradient is zero by the formula's form, not by a graph that was lost. */
    @ParameterizedTest
    @CsvSource({"auto", "lm", "adam"})
    void stepsAreFlat(String solver) {
        MinimizationItem item =
                run("{\"expression\": \"where(x[1] > 0, 1, 2)^2\", \"starts\": [[1]], \"solver\": \"%s\"}"
                                .formatted(solver))
                        .items()
                        .get(0);
        assertThat(item.gradientNorm()).isZero();
        assertThat(item.curve().evaluations()).isEqualTo(1);
    }

    private static MinimizationResult run(String body) {
        MinimizationRequest request = new JsonMapper().readValue(body, MinimizationRequest.class);
        return new Minimizer(Device.cpu(), SolverFactory.classical()).minimize(new RequestReader().read(request));
    }
}

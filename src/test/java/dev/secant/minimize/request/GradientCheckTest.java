package dev.secant.minimize.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.minimize.MinimizationRequest;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class GradientCheckTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Regressions with parameters of very different sizes, in the manner of NIST's, and what else is hard to difference. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum((d - x[1] * (1 - exp(-x[2] * t)))^2)                          | 1e3, 1e-4",
                "sum((d - x[1] * exp(x[2] / (t + x[3])))^2)                        | 2e-2, 4e3, 250",
                "sum((d - x[1] / (1 + exp(x[2] - x[3] * t)))^2)                    | 1e3, 1e-4, 1e-2",
                "sum((d - x[1] * exp(-1e-4 * x[2] * t) - x[3] * exp(-x[4] * t))^2) | 1e-4, 1e3, 1e3, 1e-4",
                "sum((log(d) - x[1] * log(t + x[2]))^2)                            | 1e-4, 1e3",
                "x[1] * 1e12 + (x[2] - 1e-4)^2                                     | 1e-4, 1e-4",
                "sum(x^2)                                                          | 0, 1e-4, 1e3",
                "exp(100 * x[1]) + 1e-9 * sin(x[2])                                | 1, 1",
                "x[1]^2 + log(x[2])                                                | 1, 1e-9",
                "abs(x[1]) + max(x[2], x[3]) + x[1]                                | 0, 2, 2",
                "sqrt(x[1]) + x[1]^1.5                                             | 1e-6",
                "(x[1] + 1e9)^2 - 1e18                                             | 1e-3"
            })
    void anExactGradientIsNotDoubted(String formula, String start) {
        Validation validation = validate(
                "{\"expression\": \"%s\", \"starts\": [[%s]], \"parameters\": {\"t\": [77, 114, 141, 190, 239], \"d\": [10, 14, 18, 23, 29]}}"
                        .formatted(formula, start));
        assertThat(validation.gradientAgrees())
                .as("error %s", validation.largestGradientError())
                .isTrue();
    }

    @Test
    void norAreThoseOfTheCatalogue() {
        for (CatalogueEntry entry : Catalogue.standard().entries()) {
            Validation validation = validate(JSON.writeValueAsString(entry.example()));
            assertThat(validation.gradientAgrees())
                    .as("%s: %s", entry.name(), validation.largestGradientError())
                    .isTrue();
        }
    }

    @Test
    void norAreThoseOfTheExamples() {
        for (Examples.Example example : Examples.all()) {
            assertThat(validate(example.body()).largestGradientError())
                    .as(example.name())
                    .isZero();
        }
    }

    /** Each derivative by itself, also one that is nothing beside the others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aWrongOneIs(int wrong) {
        double[] x = {1e-4, 1e3, 0};
        double value = function(x);
        GradientCheck check = new GradientCheck(
                points -> Arrays.stream(points)
                        .mapToDouble(GradientCheckTest::function)
                        .toArray(),
                x,
                value,
                1e-15);
        double[] gradient = {2e4 * Math.cos(1), 2e-3, 3};
        assertThat(GradientCheck.isNone(check.largestError(gradient))).isTrue();
        gradient[wrong] *= 1 + 1e-4;
        assertThat(check.largestError(gradient)).isBetween(5e-5, 2e-4);
        gradient[wrong] = 0;
        assertThat(check.largestError(gradient)).isGreaterThan(0.9);
    }

    private static double function(double[] x) {
        return 2 * Math.sin(1e4 * x[0]) + 1e-6 * x[1] * x[1] + 3 * Math.sinh(x[2]);
    }

    private static Validation validate(String body) {
        return new Validator().validate(new RequestReader().read(JSON.readValue(body, MinimizationRequest.class)));
    }
}

package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** From a formula to its minimum, the plots and the files. */
class FormulasPageTest extends PageTest {

    private String minimize() {
        at("#minimize").click();
        String job = job("formulas");
        expect(at("#formula-job .state")).hasText("SUCCEEDED");
        at("#formula-result").waitFor();
        return job;
    }

    @Test
    void aMistakeIsShownWhereItIs() {
        visit("#/formulas");
        at("#formula").fill("sum(x^2)\n + 2 x[1]");
        at("#starts").fill("1 2");

        expect(at("#validation")).containsText("line 2, column 6: Expected an operator");
        expect(at("#validation pre")).hasText(" + 2 x[1]\n     ^", exactly());
        expect(at("#formula-colours .wrong")).hasText("x");
        expect(at("#formula")).hasAttribute("aria-invalid", "true");

        at("#formula").fill("sum(x^2)\n + 2 * x[1]");
        expect(at("#validation")).containsText("2 variables");
        expect(at("#validation")).containsText("the gradient agrees with differences");
        expect(at("#formula-colours .wrong")).hasCount(0);
        at("#starts").fill("1 two");
        expect(at("#validation")).containsText("Starts: two is not a number.");
        at("#starts").fill("1");
        expect(at("#validation")).containsText("1 variable,");
    }

    private static com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions exactly() {
        return new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setUseInnerText(true);
    }

    @Test
    void twoSolversAreComparedOnTheContourLines() throws Exception {
        visit("#/formulas");
        at("#template").selectOption("objective:rosenbrock");
        at("#starts").fill("-1.2 1");
        at("#compare").selectOption("lbfgs");
        String job = minimize();

        expect(at("#formula-plots .uplot canvas")).hasCount(3);
        expect(at("#formula-plots")).containsText("Gradient norm");
        expect(at("#formula-words")).containsText("L-BFGS converged (the gradient is small)");
        expect(at(".certificate")).hasAttribute("data-verdict", "MINIMUM");
        expect(at(".certificate")).containsText("strict local minimum");
        expect(at("#contour-note")).containsText("x[1] from");
        picture("page-formulas", at("#formula-result"));

        assertThat(JSON.readTree(saved("[data-file$='.json']"))
                        .at("/minimization/dimension")
                        .asInt())
                .isEqualTo(2);
        assertThat(saved("[data-file$='.csv']")).isEqualTo(download("/v1/jobs/" + job + "/result.csv"));
        assertThat(saved("[data-file$='.ndjson']")).startsWith("{".getBytes(StandardCharsets.US_ASCII));
        assertThat(saved("[data-file$='.npz']")).startsWith("PK".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(saved("[data-file$='.svg']"), StandardCharsets.UTF_8))
                .contains("<svg");

        page.reload();
        expect(at(".certificate")).hasAttribute("data-verdict", "MINIMUM");
        expect(at("#starts")).hasValue("-1.2 1");
        expect(at("#compare")).hasValue("lbfgs");
    }

    @Test
    void everyExampleFillsTheFormAndRuns() {
        visit("#/formulas");
        for (Object example : (Iterable<?>)
                page.evaluate(
                        "[...document.querySelectorAll('#template option')].map(option => option.value).filter(name => name.startsWith('example'))")) {
            visit("#/formulas");
            at("#template").selectOption(String.valueOf(example));
            expect(at("#validation")).containsText("at the first start");
            minimize();
            expect(at("#formula-words")).containsText("The lowest value found");
        }
    }

    @Test
    void boundsAndManyStarts() {
        visit("#/formulas");
        at("#template").selectOption("example:bounded");
        minimize();

        expect(at("#contour-note")).containsText("The dashed box is that of the bounds.");
        expect(at("#start option")).hasCount(20);
        at("#start").selectOption("3");
        expect(at("#formula-words")).containsText("from start 3");
    }

    @Test
    void aRunningMinimizationIsWatchedAndCancelled() {
        visit("#/formulas");
        at("#formula").fill("sum((1 - x[1:n-1])^2 + 100 * (x[2:n] - x[1:n-1]^2)^2) + 1");
        at("#starts").fill("");
        at("#formula-form summary").click();
        at("#dimension").fill("3000");
        at("#sample-count").fill("2");
        at("#sample-lower").fill("-2");
        at("#sample-upper").fill("2");
        at("#solver").selectOption("adam");
        at("#max-steps").fill("100000");
        at("#max-evaluations").fill("1000000");
        at("#certificate").uncheck();
        at("#minimize").click();

        expect(at("#formula-words")).containsText("Running: start 0 has done");
        at("#formula-job button[aria-label^='Cancel']").click();
        expect(at("#formula-job .state")).hasText("CANCELLED");
        expect(at("#formula-words")).containsText("was cancelled");
    }
}

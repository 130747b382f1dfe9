package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For everybody: axe-core finds no serious violation, nothing is wider than a phone, and the keyboard suffices. */
class AccessiblePageTest extends PageTest {

    private static final int LEAST_RULES = 15;
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    static Stream<Arguments> looks() {
        return Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .flatMap(scheme -> Stream.of(Arguments.of(scheme, 1280, 900), Arguments.of(scheme, 390, 844)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void noSeriousViolation(ColorScheme scheme, int width, int height) throws Exception {
        String fit = id(post(
                "/v1/fits/openpose?width=1920&height=1080&trajectory=true",
                Files.readString(KEYPOINTS),
                "Prefer",
                "wait=60"));
        String minimization = id(post(
                "/v1/minimizations",
                "{\"objective\":\"himmelblau\",\"starts\":[[0,0]],\"compareWith\":\"adam\",\"certificate\":true,\"trajectory\":{\"iterates\":true}}",
                "Prefer",
                "wait=60"));
        reopen(Chromium.size(width, height).setColorScheme(scheme));

        visit("#/bodies/" + fit);
        expect(at("#step-text")).containsText("the result");
        at("#residuals summary").click();
        at(".snippets summary").click();
        check("bodies");

        visit("#/formulas/" + minimization);
        expect(at("#contour-note")).containsText("x[1] from");
        at("#formula-form summary").click();
        check("formulas");
        at("#formula").fill("2 x[1]");
        expect(at("#validation")).containsText("Expected an operator");
        check("a wrong formula");

        visit("#/jobs");
        expect(at("[data-job='" + fit + "']")).hasCount(1);
        at(".key summary").click();
        check("jobs");
    }

    private static String id(java.net.http.HttpResponse<String> response) {
        return json(response).at("/job/id").asString();
    }

    private void check(String section) {
        AxeResults results = new AxeBuilder(page).analyze();
        assertThat(results.getPasses()).as("rules that hold").hasSizeGreaterThan(LEAST_RULES);
        List<String> grave = results.getViolations().stream()
                .filter(rule -> GRAVE.contains(String.valueOf(rule.getImpact())))
                .map(rule -> rule.getId() + ": " + rule.getNodes())
                .toList();
        assertThat(grave).as(section).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s is not wider than the screen", section)
                .isEqualTo(true);
    }

    @Test
    void theKeyboardSuffices() {
        visit("");
        page.keyboard().press("Tab");
        expect(at(".skip")).isFocused();
        page.keyboard().press("Enter");
        expect(at("#content")).isFocused();
        tabTo("fit-example");
        page.keyboard().press("Enter");
        expect(at("#chosen")).containsText("OpenPose");
        tabTo("fit-submit");
        page.keyboard().press("Enter");
        expect(at("#step-text")).containsText("the result");
        tabTo("scene");
        page.keyboard().press("ArrowLeft");
        tabTo("step");
        page.keyboard().press("Home");
        expect(at("#step-text")).containsText("the initial estimate");
    }

    private void tabTo(String id) {
        for (int i = 0; i < 60 && !id.equals(page.evaluate("document.activeElement.id")); i++) {
            page.keyboard().press("Tab");
        }
        expect(at("#" + id)).isFocused();
    }
}

package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The list of jobs, the key, and the request as code. */
class JobsPageTest extends PageTest {

    private String fit() throws Exception {
        return json(post("/v1/fits/openpose?width=1920&height=1080", Files.readString(KEYPOINTS), "Prefer", "wait=60"))
                .at("/job/id")
                .asString();
    }

    private String minimization() throws Exception {
        return json(post("/v1/minimizations", "{\"objective\": \"beale\"}", "Prefer", "wait=60"))
                .at("/job/id")
                .asString();
    }

    @Test
    void jobsAreListedFilteredAndDeleted() throws Exception {
        String fit = fit();
        String minimization = minimization();
        reopen(Chromium.size(1280, 900).setColorScheme(ColorScheme.DARK));
        visit("#/jobs");
        expect(row(fit)).containsText("SUCCEEDED");
        expect(row(minimization)).containsText("1 of 1");
        picture("page-jobs", null);

        at("#filter-kind").selectOption("FIT");
        expect(row(minimization)).hasCount(0);
        expect(row(fit)).hasCount(1);

        page.onceDialog(Dialog::accept);
        row(fit).locator("button[aria-label^='Delete']").click();
        expect(row(fit)).hasCount(0);
        assertThat(get("/v1/jobs/" + fit).statusCode()).isEqualTo(404);

        at("#filter-kind").selectOption("");
        row(minimization).locator("a").click();
        at("#formula-result").waitFor();
        expect(at("#formula-words")).containsText("The nearest published minimum is 0.");
    }

    private com.microsoft.playwright.Locator row(String job) {
        return at("[data-job='" + job + "']");
    }

    @Test
    void aKeyIsSentAndForgottenWithTheTab() throws Exception {
        String job = minimization();
        List<String> headers = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/v1/")) {
                headers.add(String.valueOf(request.headers().get("authorization")));
            }
        });
        visit("#/jobs");
        expect(row(job)).hasCount(1);
        assertThat(headers).containsOnly("null");

        headers.clear();
        at(".key summary").click();
        at("#key").fill("a-key");
        at("#key").press("Enter");
        expect(at("#key-state")).hasText("A key is in use.");
        expect(at("#key")).hasValue("");
        visit("#/formulas/" + job);
        at("#formula-result").waitFor();
        assertThat(saved("[data-file$='.csv']")).isNotEmpty();
        assertThat(headers).isNotEmpty().containsOnly("Bearer a-key");
        assertThat(page.evaluate("JSON.stringify(localStorage)")).isEqualTo("{}");
        at(".snippets summary").click();
        expect(at(".code")).containsText("$SECANT_API_KEY");
        expect(at(".code")).not().containsText("a-key");

        reopen(Chromium.size(1280, 900));
        visit("#/jobs");
        expect(at("#key-state")).hasText("No key is in use.");
    }
}

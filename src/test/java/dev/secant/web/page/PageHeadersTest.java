package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page's files are served with. Needs no browser. */
class PageHeadersTest extends ApiTest {

    private static final String POLICY = "Content-Security-Policy";

    @Test
    void thePolicyAllowsNothingFromElsewhere() throws Exception {
        for (String path : List.of(
                "/", "/index.html", "/page/main.js", "/page/page.css", "/webjars/three/build/three.module.min.js")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            String policy = response.headers().firstValue(POLICY).orElseThrow();
            assertThat(policy)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'none'")
                    .doesNotContain("unsafe", "http:", "https:", "*", "data:");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-cache");
        }
    }

    @Test
    void theReferenceAndTheApiHaveTheirOwn() throws Exception {
        String page = get("/").headers().firstValue(POLICY).orElseThrow();
        assertThat(get("/v1/examples").headers().firstValue(POLICY)).get().isNotEqualTo(page);
        assertThat(get("/docs").statusCode()).isEqualTo(302);
        HttpResponse<String> reference = get("/swagger-ui/index.html");
        assertThat(reference.statusCode()).isEqualTo(200);
        assertThat(reference.headers().firstValue(POLICY)).get().isNotEqualTo(page);
    }

    /** The libraries are in the jar, without a version in their path. */
    @Test
    void everyFileThatThePageNamesIsServed() throws Exception {
        String html = get("/").body();
        Stream<String> names = Stream.of(
                "/webjars/three/build/three.core.min.js",
                "/webjars/three/examples/jsm/controls/OrbitControls.js",
                "/webjars/three/examples/jsm/loaders/GLTFLoader.js",
                "/webjars/uplot/dist/uPlot.min.css");
        Matcher named =
                Pattern.compile("\"(?:\\./)?((?:page|webjars)/[^\"]+[^\"/])\"").matcher(html);
        List<String> all = Stream.concat(names, named.results().map(match -> "/" + match.group(1)))
                .toList();
        assertThat(all).hasSizeGreaterThan(7);
        for (String path : all) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotThereIsAProblem() throws Exception {
        HttpResponse<String> response = get("/page/none.js");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/type").asString()).startsWith("urn:secant:problem:");
    }
}

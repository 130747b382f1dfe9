package dev.secant.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** No answer names an exception, a statement or a file, whatever fails; and the server's own errors are problems too. */
@TestPropertySource(properties = "secant.jobs.worker=false")
class NothingLeaksTest extends ApiTest {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aBrokenDatabaseIsAnInternalErrorAndNothingElse() throws Exception {
        jdbc.sql("alter table jobs rename to jobs_away").update();
        try {
            for (HttpResponse<String> response : List.of(get("/v1/jobs"), post("/v1/fits", fit(1)))) {
                assertThat(response.statusCode()).isEqualTo(500);
                assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(response.body())
                        .contains("urn:secant:problem:internal-error")
                        .doesNotContainIgnoringCase("exception")
                        .doesNotContainIgnoringCase("select")
                        .doesNotContainIgnoringCase("insert")
                        .doesNotContain("h2", "JOBS", "java.", "dev.secant", "/tmp");
            }
        } finally {
            jdbc.sql("alter table jobs_away rename to jobs").update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/jobs/%2f HTTP/1.1",
                "GET /v1/jobs/%00 HTTP/1.1",
                "GET /v1/jobs?[ HTTP/1.1",
                "GET /v1/jobs;a=b HTTP/1.1",
                "GET //v1/jobs HTTP/1.1",
                "GET /v1/../../etc/passwd HTTP/1.1",
                "GET /v1/jobs\u0001 HTTP/1.1"
            })
    void whatTheServerRefusesIsAProblem(String line) throws Exception {
        assertRefused(rawRequest(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void oddHeadersAreRefused() throws Exception {
        assertRefused(rawRequest("GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX: %s\r\nConnection: close\r\n\r\n"
                .formatted("a".repeat(20_000))));
        assertRefused(rawRequest(
                "GET /v1/jobs/17 HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=1\u0085\r\nConnection: close\r\n\r\n"));
    }

    private static void assertRefused(String response) {
        assertThat(response).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(response.substring(response.indexOf("\r\n\r\n")))
                .contains("urn:secant:problem:malformed-request")
                .doesNotContain("<html", "Tomcat", "xception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/jobs", "/v1/fits", "/v1/minimizations", "/v1/jobs/17/cancel"})
    void aFormIsRefusedByItsType(String path) throws Exception {
        for (String type : new String[] {"multipart/form-data", "application/x-www-form-urlencoded"}) {
            String request =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b";
            assertThat(rawRequest(request.formatted(path, type)))
                    .as(path + " " + type)
                    .startsWith("HTTP/1.1 4")
                    .contains("application/problem+json");
        }
    }
}

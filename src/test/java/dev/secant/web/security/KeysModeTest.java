package dev.secant.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** A service that asks for API keys, from the command that makes a key to the answer that another one's job gets. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=" + KeysModeTest.DATABASE,
            "secant.security.mode=keys",
            "secant.security.admin-key=" + KeysModeTest.OPERATOR,
            "secant.web.cors.allowed-origins=https://app.example"
        })
class KeysModeTest extends ApiTest {

    static final String DATABASE = "jdbc:h2:mem:keys-mode;DB_CLOSE_ON_EXIT=FALSE";
    static final String OPERATOR = "0123456789abcdef0123456789abcdef";

    private static final String MINIMIZATION = "{\"objective\": \"rosenbrock\", \"starts\": [[-1.2, 1]]}";

    private final TestKeys keys = new TestKeys(DATABASE);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private HttpResponse<String> call(String method, String path, String key, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        return send(with(request, key, headers));
    }

    private HttpResponse<String> submit(String path, String body, String key, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(with(request, key, headers));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String key, String... headers) {
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static void assertRefused(HttpResponse<String> response, int status, String type, String challenge) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue(challenge);
        assertThat(json(response).at("/type").asString()).isEqualTo("urn:secant:problem:" + type);
        assertThat(json(response).at("/instance").asString()).startsWith("/");
    }

    private static void assertUnauthenticated(HttpResponse<String> response) {
        assertRefused(response, 401, "authentication-required", "Bearer realm=\"secant\", error=\"invalid_token\"");
    }

    private static String id(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).at("/job/id").asString();
    }

    @Test
    void withoutAKeyNothingOfTheApiIsThere() throws Exception {
        for (HttpResponse<String> response : List.of(
                get("/v1/jobs"),
                get("/v1/nothing"),
                get("/v1/keys"),
                get("/actuator/prometheus"),
                post("/v1/fits", fit(1)),
                post("/v1/fits", "not even JSON"))) {
            assertRefused(response, 401, "authentication-required", "Bearer realm=\"secant\"");
        }
        assertUnauthenticated(call("GET", "/v1/jobs", "sk_0000000000000000_" + "A".repeat(43)));
        assertUnauthenticated(call("GET", "/v1/jobs", "", "X-API-Key", "letmein"));
        assertThat(call("GET", "/v1/jobs", "", "Authorization", "Basic dTpw").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/swagger-ui/index.html",
                "/v3/api-docs.yaml",
                "/actuator/health/liveness",
                "/actuator/health/readiness"
            })
    void whatHoldsNoDataIsPublic(String path) throws Exception {
        assertThat(call("GET", path, "").statusCode()).isLessThan(400);
    }

    @Test
    void aKeyIsUsedInEitherHeaderUntilItIsRevoked() throws Exception {
        String key = keys.create("laptop", "submit,read", "--expires", "90d");
        String job = id(submit("/v1/fits", fit(1), key));

        assertThat(call("GET", "/v1/jobs/" + job, key).statusCode()).isEqualTo(200);
        HttpResponse<String> other = call("GET", "/v1/jobs/" + job, "", "X-API-Key", key);
        assertThat(json(other).at("/owner").asString()).isEqualTo("key:" + TestKeys.id(key));
        assertThat(call("GET", "/actuator/prometheus", key).statusCode()).isEqualTo(200);

        keys.revoke(key);

        assertUnauthenticated(call("GET", "/v1/jobs/" + job, key));
    }

    @Test
    void anExpiredKeyIsRefused() throws Exception {
        String key = keys.create("old", "read");
        assertThat(call("GET", "/v1/jobs", key).statusCode()).isEqualTo(200);

        jdbc.sql("update api_keys set expires_at = created_at where id = :id")
                .param("id", TestKeys.id(key))
                .update();

        assertUnauthenticated(call("GET", "/v1/jobs", key));
    }

    @Test
    void scopesSayWhatAKeyMayDo() throws Exception {
        String reader = keys.create("reader", "read");
        String submitter = keys.create("submitter", "submit");

        assertThat(call("GET", "/v1/checkpoints", reader).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = submit("/v1/fits", fit(1), reader);
        assertRefused(
                refused,
                403,
                "insufficient-scope",
                "Bearer realm=\"secant\", error=\"insufficient_scope\", scope=\"submit\"");
        assertThat(json(refused).at("/detail").asString()).isEqualTo("This operation needs the scope submit.");
        assertThat(submit("/v1/objectives:validate", MINIMIZATION, reader).statusCode())
                .isEqualTo(403);

        String job = id(submit("/v1/fits", fit(1), submitter));
        assertThat(call("GET", "/v1/jobs/" + job, submitter).statusCode()).isEqualTo(403);
        assertThat(call("DELETE", "/v1/jobs/" + job, reader).statusCode()).isEqualTo(403);
        assertThat(call("DELETE", "/v1/jobs/" + job, submitter).statusCode()).isEqualTo(204);
        assertThat(call("GET", "/v1/keys", submitter).statusCode()).isEqualTo(403);
    }

    @Test
    void anotherOnesJobIsNotThere() throws Exception {
        String alice = keys.create("alice", "submit,read");
        String bob = keys.create("bob", "submit,read");
        String fit = id(submit("/v1/fits", fit(1).replace("{\"layout\"", "{\"trajectory\":true,\"layout\""), alice));
        String minimization = id(submit("/v1/minimizations", MINIMIZATION, alice));
        List<String> reads = Stream.concat(
                        Stream.of(
                                        "",
                                        "/result",
                                        "/events",
                                        "/trajectory",
                                        "/meshes/0.glb",
                                        "/meshes/0.obj",
                                        "/params.npz")
                                .map(path -> "/v1/jobs/" + fit + path),
                        Stream.of("", "/result", "/events", "/trajectory", "/result.csv", "/result.npz", "/result.svg")
                                .map(path -> "/v1/jobs/" + minimization + path))
                .toList();
        for (String path : reads) {
            assertThat(call("GET", path, alice).statusCode()).as(path).isEqualTo(200);
            assertNotThere(call("GET", path, bob));
        }
        assertNotThere(call("POST", "/v1/jobs/" + fit + "/cancel", bob));
        assertNotThere(call("DELETE", "/v1/jobs/" + fit, bob));
        String resume = "{\"resume\": {\"job\": \"%s\"}}".formatted(minimization);
        assertThat(submit("/v1/minimizations", resume, bob).statusCode()).isEqualTo(422);
        assertThat(submit("/v1/minimizations", resume, alice).statusCode()).isEqualTo(200);

        assertThat(json(call("GET", "/v1/jobs", bob)).at("/jobs")).isEmpty();
        assertThat(json(call("GET", "/v1/jobs", alice)).at("/jobs")).hasSize(3);
        String admin = keys.create("admin", "admin");
        assertThat(jobsOf(json(call("GET", "/v1/jobs?limit=500", admin)))).contains(fit, minimization);
        assertThat(call("GET", "/v1/jobs/" + fit + "/result", admin).statusCode())
                .isEqualTo(200);
        assertThat(call("DELETE", "/v1/jobs/" + fit, admin).statusCode()).isEqualTo(204);
        assertNotThere(call("GET", "/v1/jobs/" + fit, alice));
    }

    private static void assertNotThere(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(json(response).at("/type").asString()).isEqualTo("urn:secant:problem:job-not-found");
    }

    private static List<String> jobsOf(JsonNode page) {
        return page.at("/jobs")
                .valueStream()
                .map(job -> job.at("/id").asString())
                .toList();
    }

    @Test
    void eachOwnerHasItsOwnIdempotencyKeys() throws Exception {
        String alice = keys.create("alice", "submit");
        String bob = keys.create("bob", "submit");

        String first = id(submit("/v1/fits", fit(1), alice, "Idempotency-Key", "one"));

        assertThat(id(submit("/v1/fits", fit(1), alice, "Idempotency-Key", "one")))
                .isEqualTo(first);
        assertThat(id(submit("/v1/fits", fit(2), bob, "Idempotency-Key", "one")))
                .isNotEqualTo(first);
    }

    @Test
    void aKeyThatReplacesAnotherSeesItsJobs() throws Exception {
        String old = keys.create("old", "submit,read");
        String job = id(submit("/v1/fits", fit(1), old));
        String next = keys.create("next", "submit,read", "--owner-of", TestKeys.id(old));
        keys.revoke(old);

        assertThat(call("GET", "/v1/jobs/" + job, next).statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministratorMakesKeysOfARunningService() throws Exception {
        HttpResponse<String> created =
                submit("/v1/keys", "{\"name\": \"tablet\", \"scopes\": [\"read\"], \"expiresInDays\": 3}", OPERATOR);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String token = json(created).at("/token").asString();
        String id = json(created).at("/key/id").asString();
        assertThat(call("GET", "/v1/jobs", token).statusCode()).isEqualTo(200);
        assertThat(call("GET", "/v1/keys", OPERATOR).body()).contains(id).doesNotContain(token.substring(20));

        assertThat(call("DELETE", "/v1/keys/" + id, OPERATOR).statusCode()).isEqualTo(204);

        assertUnauthenticated(call("GET", "/v1/jobs", token));
        assertThat(call("DELETE", "/v1/keys/17", OPERATOR).statusCode()).isEqualTo(404);
        HttpResponse<String> bad = submit(
                "/v1/keys",
                "{\"name\": \" \", \"scopes\": [\"read\", \"write\"], \"expiresInDays\": 0, \"ownerOf\": \"17\"}",
                OPERATOR);
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(json(bad).at("/errors").valueStream().map(error -> error.at("/pointer")
                        .asString()))
                .containsExactly("/name", "/scopes/1", "/expiresInDays", "/ownerOf");
        assertThat(submit("/v1/keys", "{}", OPERATOR).statusCode()).isEqualTo(422);
    }

    @Test
    void pagesOfAnAllowedOriginMayCallAndOthersMayNot() throws Exception {
        String[] preflight = {"Origin", "https://app.example", "Access-Control-Request-Method", "DELETE"};
        HttpResponse<String> allowed = call("OPTIONS", "/v1/jobs/17", "", preflight);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        String key = keys.create("page", "read");
        assertThat(call("GET", "/v1/jobs", key, "Origin", "https://app.example")
                        .headers()
                        .firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(exposed -> assertThat(exposed).contains("Location", "Retry-After"));

        preflight[1] = "https://evil.example";
        HttpResponse<String> refused = call("OPTIONS", "/v1/jobs/17", "", preflight);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(json(refused).at("/type").asString()).isEqualTo("urn:secant:problem:origin-not-allowed");
    }

    /** Everything else is public. */
    @Test
    void everyOperationIsBelowTheProtectedPath() {
        assertThat(mappings.getHandlerMethods().entrySet().stream()
                        .filter(entry ->
                                entry.getValue().getBeanType().getPackageName().startsWith("dev.secant.web"))
                        .flatMap(entry -> entry.getKey().getPatternValues().stream()))
                .hasSizeGreaterThan(20)
                .allMatch(path -> path.startsWith("/v1/") || path.equals("/error"));
    }
}

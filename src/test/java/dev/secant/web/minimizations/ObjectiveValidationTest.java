package dev.secant.web.minimizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Validations in a service that is busy with others. */
@Timeout(60)
@TestPropertySource(properties = "secant.minimize.validation-timeout=200ms")
class ObjectiveValidationTest extends ApiTest {

    private static final String OBJECTIVE = "{\"expression\":\"sum((x - 3)^2)\",\"starts\":[[0,0]]}";

    @Autowired
    private ObjectiveValidation validation;

    @Test
    void givesUpWhereItDoesNotGetItsTurn() throws Exception {
        Semaphore turns = validation.turns();
        int all = turns.drainPermits();
        HttpResponse<String> busy = post("/v1/objectives:validate", OBJECTIVE);
        turns.release(all);
        HttpResponse<String> free = post("/v1/objectives:validate", OBJECTIVE);

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("5");
        assertThat(json(busy).at("/type").asString()).isEqualTo("urn:secant:problem:service-busy");
        assertThat(free.statusCode()).isEqualTo(200);
        assertThat(json(free).at("/value").asDouble()).isEqualTo(18);
    }
}

package dev.secant.web.minimizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.tensor.DeviceThread;
import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Validations beside a device thread that is busy for hours. */
@Timeout(60)
@TestPropertySource(properties = "secant.minimize.validation-timeout=200ms")
class ObjectiveValidationTest extends ApiTest {

    private static final String OBJECTIVE = "{\"expression\":\"sum((x - 3)^2)\",\"starts\":[[0,0]]%s}";

    @Autowired
    private DeviceThread minimizationThread;

    @Autowired
    private ObjectiveValidation validation;

    private final CountDownLatch busy = new CountDownLatch(1);

    @AfterEach
    void end() {
        busy.countDown();
    }

    @Test
    void doNotWaitForARunningBatch() throws Exception {
        occupy(minimizationThread);

        HttpResponse<String> response = post("/v1/objectives:validate", OBJECTIVE.formatted(""));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).at("/value").asDouble()).isEqualTo(18);
    }

    @Test
    void giveUpWhereTheEngineIsNotToBeHad() throws Exception {
        occupy(validation.engine());

        HttpResponse<String> response =
                post("/v1/objectives:validate", OBJECTIVE.formatted(",\"precision\":\"float32\""));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(json(response).at("/type").asString()).isEqualTo("urn:secant:problem:service-busy");
        assertThat(post("/v1/objectives:validate", OBJECTIVE.formatted("")).statusCode())
                .as("float64 needs no engine")
                .isEqualTo(200);
    }

    private void occupy(DeviceThread thread) {
        var unused = thread.submit(() -> {
            busy.await();
            return true;
        });
    }
}

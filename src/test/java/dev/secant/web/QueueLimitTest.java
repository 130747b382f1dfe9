package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.errors.ProblemAdvice;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A service that takes jobs, has two places in its queue, and does none of them. */
@TestPropertySource(properties = {"secant.jobs.worker=false", "secant.jobs.queue-limit=2"})
class QueueLimitTest extends ApiTest {

    @Test
    void aFullQueueRefusesUntilThereIsAPlace() throws Exception {
        String first = json(post("/v1/fits", fit(1))).at("/job/id").asString();
        assertThat(post("/v1/fits", fit(2)).statusCode()).isEqualTo(202);

        HttpResponse<String> refused = post("/v1/fits", fit(3));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains(ProblemAdvice.RETRY_AFTER);
        assertThat(json(refused).at("/type").asString()).isEqualTo("urn:secant:problem:queue-full");

        assertThat(json(post("/v1/jobs/" + first + "/cancel", "")).at("/state").asString())
                .isEqualTo("CANCELLED");
        assertThat(post("/v1/fits", fit(3)).statusCode()).isEqualTo(202);
    }
}

package dev.secant.web.fits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FitsTest extends ApiTest {

    @Test
    void answersWithTheResultWhereTheClientWaits() throws Exception {
        HttpResponse<String> response = post("/v1/fits", fit(1, 2), "Prefer", "respond-async, wait=30");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=30");
        JsonNode body = json(response);
        assertThat(response.headers().firstValue("Location"))
                .contains("/v1/jobs/" + body.at("/job/id").asString());
        assertThat(body.at("/job/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(body.at("/job/items/succeeded").asInt()).isEqualTo(2);
        assertThat(body.at("/job/progress").asDouble()).isEqualTo(1);
        assertThat(body.at("/people/1/id").asString()).isEqualTo("p1");
        assertThat(body.at("/people/1/body/pose/0/0").asDouble()).isEqualTo(2);
        assertThat(body.at("/people/1/body/pose").size()).isEqualTo(24);
        assertThat(body.at("/people/1/body/residuals").size()).isEqualTo(17);
        assertThat(body.at("/people/1/quality/termination").asString()).isEqualTo("MAX_STEPS");
    }
}

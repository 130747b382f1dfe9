package dev.secant.web.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.web.ApiTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A job's request can be read and posted again. */
class JobRequestTest extends ApiTest {

    private String submitted(String path, String body) throws Exception {
        HttpResponse<String> response = post(path, body, "Prefer", "wait=30");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).at("/job/id").asString();
    }

    @Test
    void thePeopleOfAFitAndTheirCamera() throws Exception {
        String job = submitted("/v1/fits", fit(10, 20).replaceFirst("\\{", "{\"focal\":500,\"steps\":3,"));

        JsonNode request = json(get("/v1/jobs/" + job + "/request"));

        assertThat(request.at("/kind").asString()).isEqualTo("FIT");
        assertThat(request.has("minimization")).isFalse();
        assertThat(request.at("/fit/steps").asInt()).isEqualTo(3);
        assertThat(request.at("/fit/trajectory").asBoolean()).isFalse();
        assertThat(request.at("/fit/people").size()).isEqualTo(2);
        assertThat(request.at("/fit/people/1/id").asString()).isEqualTo("p1");
        assertThat(request.at("/fit/people/1/layout").asString()).isEqualTo("coco_17");
        assertThat(request.at("/fit/people/1/keypoints").size()).isEqualTo(17);
        assertThat(request.at("/fit/people/1/keypoints/0/0").asDouble()).isEqualTo(20);
        assertThat(request.at("/fit/people/1/camera/fx").asDouble()).isEqualTo(500);
        assertThat(request.at("/fit/people/1/camera/cx").asDouble()).isEqualTo(320);
    }

    @Test
    void aMinimizationCanBePostedAgain() throws Exception {
        String posted = "{\"expression\":\"sum((x - a)^2)\",\"parameters\":{\"a\":[1,2]},\"starts\":[[0,0]],"
                + "\"bounds\":{\"lower\":[null,0.5]},\"solver\":\"lbfgs\",\"stop\":{\"maxSteps\":7}}";
        String job = submitted("/v1/minimizations", posted);

        JsonNode request = json(get("/v1/jobs/" + job + "/request"));

        assertThat(request.at("/kind").asString()).isEqualTo("MINIMIZATION");
        assertThat(request.has("fit")).isFalse();
        assertThat(request.at("/minimization"))
                .isEqualTo(JSON.readTree("{\"expression\":\"sum((x - a)^2)\","
                        + "\"parameters\":{\"a\":[1,2]},\"starts\":[[0.0,0.0]],\"bounds\":{\"lower\":[null,0.5]},\"solver\":\"lbfgs\","
                        + "\"stop\":{\"maxSteps\":7}}"));
        submitted("/v1/minimizations", request.at("/minimization").toString());
    }

    @Test
    void theCamerasAndThePeopleOfSeveralViews() throws Exception {
        String camera =
                "{\"id\":\"%s\",\"image\":{\"width\":640,\"height\":480},\"fx\":500,\"rotation\":[[1,0,0],[0,1,0],[0,0,1]],"
                        + "\"translation\":[%d,0,3]}";
        HttpResponse<String> response = post(
                "/v1/multi-view-fits",
                ("{\"layout\":\"coco_17\",\"steps\":0,\"cameras\":[%s,%s],\"people\":[{\"views\":["
                                + "{\"camera\":\"left\",\"keypoints\":%s},{\"camera\":\"right\",\"keypoints\":%s}]}]}")
                        .formatted(
                                camera.formatted("left", 0),
                                camera.formatted("right", 1),
                                keypoints(10, 1),
                                keypoints(20, 1)));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 202);

        JsonNode request = json(get("/v1/jobs/" + json(response).at("/job/id").asString() + "/request"))
                .at("/multiViewFit");

        assertThat(request.at("/layout").asString()).isEqualTo("coco_17");
        assertThat(request.at("/cameras/1/id").asString()).isEqualTo("right");
        assertThat(request.at("/cameras/1/width").asDouble()).isEqualTo(640);
        assertThat(request.at("/cameras/1/intrinsics/cx").asDouble()).isEqualTo(320);
        assertThat(request.at("/cameras/1/rotation/2/2").asDouble()).isEqualTo(1);
        assertThat(request.at("/cameras/1/translation/0").asDouble()).isEqualTo(1);
        assertThat(request.at("/people/0/views/1/camera").asString()).isEqualTo("right");
        assertThat(request.at("/people/0/views/1/keypoints/0/0").asDouble()).isEqualTo(20);
    }

    @Test
    void theFramesOfASequence() throws Exception {
        HttpResponse<String> response = post(
                "/v1/sequences",
                "{\"layout\":\"coco_17\",\"image\":{\"width\":640,\"height\":480},\"frameRate\":25,\"steps\":2,\"frames\":[{\"keypoints\":%s},{\"keypoints\":null}]}"
                        .formatted(keypoints(10, 1)));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 202);

        JsonNode request = json(get("/v1/jobs/" + json(response).at("/job/id").asString() + "/request"))
                .at("/sequence");

        assertThat(request.at("/layout").asString()).isEqualTo("coco_17");
        assertThat(request.at("/frameRate").asDouble()).isEqualTo(25);
        assertThat(request.at("/steps").asInt()).isEqualTo(2);
        assertThat(request.at("/camera/cy").asDouble()).isEqualTo(240);
        assertThat(request.at("/frames").size()).isEqualTo(2);
        assertThat(request.at("/frames/0/keypoints/0/0").asDouble()).isEqualTo(10);
        assertThat(request.at("/frames/1/keypoints").isNull()).isTrue();
    }

    @Test
    void ofNoJobThereIsNone() throws Exception {
        assertThat(get("/v1/jobs/01a20cc6-2980-7103-a084-5f4a0d92bf6c/request").statusCode())
                .isEqualTo(404);
    }
}

package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.SmplNpzWriter;
import dev.secant.body.procedural.ProceduralBody;
import dev.secant.body.procedural.ProceduralBodySpec;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A body model of the user's own: {@code secant.body}. */
class OwnBodyTest {

    @Test
    void isFittedAndMadeAMeshOf(@TempDir Path home) throws Exception {
        // Another body than the bundled one, in SMPL's layout: fewer vertices, a fitted joint regressor.
        Path file = home.resolve("own.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            SmplNpzWriter.write(ProceduralBody.generate(new ProceduralBodySpec("own", 2, 8)), out);
        }
        BodyModel body = BodyModels.load(file);
        try (RunningService service = RunningService.start(home, new Class<?>[0], "--secant.body=" + file)) {
            JsonNode example = service.get("/v1/examples").at("/examples/1");
            HttpResponse<String> response = service.post(
                            example.at("/path").asString(), example.at("/body").toString())
                    .get();

            JsonNode result = ServiceTest.json(response);
            assertThat(result.at("/job/state").asString()).as(response.body()).isEqualTo("SUCCEEDED");
            for (JsonNode person : result.at("/people")) {
                assertThat(person.at("/quality/reprojectionError").asDouble()).isLessThan(0.04);
                assertThat(person.at("/provenance/bodyDigest").asString()).isEqualTo(body.digest());
            }
            assertThat(body.vertexCount()).isLessThan(BodyModels.defaultBody().vertexCount());
            assertThat(service.get("/v1/body-models").at("/bodies/0/vertices").asInt())
                    .isEqualTo(body.vertexCount());
        }
    }
}

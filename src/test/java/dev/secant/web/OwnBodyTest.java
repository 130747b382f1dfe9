package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
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
        Path file = Path.of(System.getProperty("secant.shared", "../shared")).resolve("body/makehuman_smpl24.npz");
        assumeTrue(Files.exists(file), () -> "skipped: %s is not here".formatted(file));
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
            assertThat(service.get("/v1/body-models").at("/bodies/0/vertices").asInt())
                    .isEqualTo(body.vertexCount());
        }
    }
}

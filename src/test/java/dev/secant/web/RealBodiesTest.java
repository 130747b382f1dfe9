package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.NpzReader;
import dev.secant.cli.SecantCommand;
import dev.secant.fit.DetectedPeople;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The service as it ships, with real keypoints: a body and a mesh come back that lie on them. */
class RealBodiesTest extends FittedPeopleTest {

    @ParameterizedTest
    @EnumSource(SamplePerson.class)
    void peopleOfKnownBodies(SamplePerson person) throws Exception {
        for (KeypointLayout layout : KeypointLayout.values()) {
            JsonNode result = succeeded(post("/v1/fits", sample(person, layout), "Prefer", "wait=60"));

            assertThat(reprojectionError(result.at("/people/0")))
                    .as("%s, %s", person, layout)
                    .isLessThan(LARGEST_ERROR);
            assertPerson(result, 0, layout.size());
            assertThat(result.at("/people/0/body/translation/2").asDouble())
                    .as("metres away")
                    .isCloseTo(4, within(0.8));
        }
    }

    @Test
    void everyExampleOfAFit() throws Exception {
        int fits = 0;
        for (JsonNode example : json(get("/v1/examples")).at("/examples")) {
            String path = example.at("/path").asString();
            if (path.startsWith("/v1/fits")) {
                succeeded(post(path, example.at("/body").toString(), "Prefer", "wait=60"));
                fits++;
            }
        }
        assertThat(fits).isEqualTo(3);
    }

    @Test
    void resultsSayWhatTheyWereFoundWith() throws Exception {
        JsonNode result =
                succeeded(post("/v1/fits", sample(SamplePerson.WALKING, KeypointLayout.COCO_17), "Prefer", "wait=60"));
        JsonNode provenance = result.at("/people/0/provenance");

        assertThat(provenance.at("/bodyDigest"))
                .isEqualTo(json(get("/v1/body-models")).at("/bodies/0/digest"));
        assertThat(json(get("/v1/checkpoints")).findValuesAsString("weightsSha256"))
                .contains(provenance.at("/weightsSha256").asString());
        assertThat(provenance.at("/checkpoint").asString()).startsWith("body@");
        assertThat(provenance.at("/optimizer").asString()).isNotBlank();
    }

    @Test
    void allParametersAsArrays(@TempDir Path folder) throws Exception {
        JsonNode result =
                succeeded(post("/v1/fits", sample(SamplePerson.WALKING, KeypointLayout.BODY_25), "Prefer", "wait=60"));
        Path file = Files.write(
                folder.resolve("params.npz"),
                download("/v1/jobs/" + result.at("/job/id").asString() + "/params.npz"));

        NpzReader npz = NpzReader.read(file, name -> true);

        JsonNode body = result.at("/people/0/body");
        assertThat(npz.get("poses", 1, 72).floats()[71])
                .isEqualTo(body.at("/pose/23/2").floatValue());
        assertThat(npz.get("betas", 1, 10).floats()[9])
                .isEqualTo(body.at("/betas/9").floatValue());
        assertThat(npz.get("trans", 1, 3).floats()[2])
                .isEqualTo(body.at("/translation/2").floatValue());
        assertThat(npz.get("K", 1, 3, 3).doubles()[4])
                .isEqualTo(body.at("/camera/fy").asDouble());
        assertThat(npz.get("item", 1).ints()).containsExactly(0);
    }

    @Test
    void aRiggedMeshPlaysTheIteratesThatWereKept() throws Exception {
        String request = sample(SamplePerson.WALKING, KeypointLayout.COCO_17);
        String job = succeeded(post("/v1/fits", request, "Prefer", "wait=60"))
                .at("/job/id")
                .asString();
        String kept = succeeded(
                        post("/v1/fits", request.replaceFirst("\\{", "{\"trajectory\":true,"), "Prefer", "wait=60"))
                .at("/job/id")
                .asString();

        GltfModel still = gltf("/v1/jobs/" + job + "/meshes/0.glb?rigged=true");
        GltfModel moving = gltf("/v1/jobs/" + kept + "/meshes/0.glb?rigged=true");

        assertThat(still.getSkinModels().get(0).getJoints()).hasSize(24);
        assertThat(still.getAnimationModels()).isEmpty();
        assertThat(moving.getAnimationModels()).hasSize(1);
        assertThat(gltf("/v1/jobs/" + job + "/meshes/0.glb").getSkinModels()).isEmpty();
        assertThat(get("/v1/jobs/" + job + "/meshes/0.obj?rigged=true").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aMeshOfEachIterateThatWasKept() throws Exception {
        String request =
                sample(SamplePerson.WALKING, KeypointLayout.COCO_17).replaceFirst("\\{", "{\"trajectory\":true,");
        JsonNode fitted = succeeded(post("/v1/fits", request, "Prefer", "wait=60"));
        String meshes = "/v1/jobs/" + fitted.at("/job/id").asString() + "/meshes/0";
        JsonNode iterates = json(get("/v1/jobs/" + fitted.at("/job/id").asString() + "/trajectory"))
                .at("/iterates");
        double energy = fitted.at("/people/0/quality/energy").asDouble();
        int result = (int) iterates.valueStream()
                .takeWhile(iterate -> iterate.at("/energy").asDouble() != energy)
                .count();

        assertThat(iterates.at("/0/joints3d").size()).isEqualTo(24);
        assertThat(iterates.at("/0/keypoints2d").size()).isEqualTo(17);
        assertThat(download(meshes + ".glb?step=" + result)).isEqualTo(download(meshes + ".glb"));
        assertThat(download(meshes + ".obj?step=0")).isNotEqualTo(download(meshes + ".obj"));
        assertThat(get(meshes + ".ply?step=" + iterates.size()).statusCode()).isEqualTo(404);
        assertThat(get(meshes + ".glb?rigged=true&step=0").statusCode()).isEqualTo(422);
    }

    private GltfModel gltf(String path) throws IOException, InterruptedException {
        return new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(download(path)));
    }

    /** As a detector would see them: noise of about a percent of their size, and some keypoints missing. */
    @ParameterizedTest
    @EnumSource(
            value = KeypointLayout.class,
            names = {"BODY_25", "BODY_25B"})
    void peopleAsADetectorSeesThem(KeypointLayout layout) throws Exception {
        String file = DetectedPeople.openPose(layout, 24, 1);
        JsonNode people = succeeded(post("/v1/fits/openpose" + DetectedPeople.QUERY, file, "Prefer", "wait=60"))
                .at("/people");
        List<Double> errors = new ArrayList<>();
        for (JsonNode person : people) {
            assertBody(person.at("/body"), layout.size());
            errors.add(reprojectionError(person));
        }
        assertThat(errors).hasSize(24);
        assertThat(mean(errors)).isLessThan(0.015);
    }

    @Test
    void theCommandLineWritesWhatTheServiceAnswers(@TempDir Path folder) throws Exception {
        Path openPose = folder.resolve("people.json");
        String people = "{\"people\":[{\"pose_keypoints_2d\":%s},{\"pose_keypoints_2d\":%s}]}"
                .formatted(
                        Arrays.toString(new double[75]),
                        Arrays.toString(SamplePerson.WALKING
                                .problem(BodyModels.defaultBody(), KeypointLayout.BODY_25)
                                .keypoints()));
        Files.writeString(openPose, people);
        String out = folder.resolve("fit").toString();

        assertThat(SecantCommand.execute(
                        "fit", openPose.toString(), "--out", out, "--width", "1920", "--height", "1080"))
                .isZero();

        JsonNode service = json(post("/v1/fits/openpose?width=1920&height=1080", people, "Prefer", "wait=60"));
        JsonNode written = JSON.readTree(Files.readString(folder.resolve("fit/result.json")));
        assertThat(written.at("/people/1/body/pose").size()).isEqualTo(24);
        assertThat(written.at("/people/0/outcome").asString()).isEqualTo("SKIPPED");
        assertThat(written.at("/people")).isEqualTo(service.at("/people"));
        assertThat(folder.resolve("fit/person-1.glb"))
                .hasBinaryContent(download("/v1/jobs/" + service.at("/job/id").asString() + "/meshes/1.glb"));

        String request =
                "{\"objective\":\"rosenbrock\",\"dimension\":4,\"compareWith\":\"lbfgs\",\"certificate\":true}";
        Path file = Files.writeString(folder.resolve("request.json"), request);
        assertThat(SecantCommand.execute(
                        "minimize",
                        file.toString(),
                        "--out",
                        folder.resolve("minimize").toString(),
                        "--quiet"))
                .isZero();
        assertThat(JSON.readTree(Files.readString(folder.resolve("minimize/result.json"))))
                .isEqualTo(json(post("/v1/minimizations", request, "Prefer", "wait=60"))
                        .at("/minimization"));
    }
}

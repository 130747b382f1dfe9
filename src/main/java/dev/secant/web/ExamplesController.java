package dev.secant.web;

import dev.secant.body.BodyModel;
import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.minimize.Examples;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Requests to begin with. */
@RestController
@Tag(name = "catalogues")
class ExamplesController {

    /** A request that can be posted as it is. */
    @Schema(name = "Example")
    record ExampleBody(
            String name,
            String title,
            @Schema(description = "Where to post it", example = "/v1/fits") String path,
            Map<String, Object> body) {}

    /** All examples. */
    @Schema(name = "Examples")
    record ExampleBodies(List<ExampleBody> examples) {}

    private final List<ExampleBody> examples;

    ExamplesController(BodyModel body, JsonMapper json) {
        List<ExampleBody> all = new ArrayList<>(fits(body));
        Examples.all().stream()
                .map(example -> new ExampleBody(
                        example.name(),
                        example.title(),
                        "/v1/minimizations",
                        json.readValue(example.body(), new TypeReference<>() {})))
                .forEach(all::add);
        this.examples = List.copyOf(all);
    }

    @GetMapping("/v1/examples")
    @Operation(operationId = "listExamples", summary = "Requests that can be posted as they are")
    ExampleBodies examples() {
        return new ExampleBodies(examples);
    }

    private static List<ExampleBody> fits(BodyModel body) {
        Map<String, Object> image = Map.of("width", 1920, "height", 1080);
        return List.of(
                new ExampleBody(
                        "one-person",
                        "One person, COCO's 17 keypoints",
                        "/v1/fits",
                        Map.of(
                                "layout", KeypointLayout.COCO_17.id(),
                                "image", image,
                                "people", List.of(person(SamplePerson.STANDING, KeypointLayout.COCO_17, body)))),
                new ExampleBody(
                        "four-people",
                        "Four people, 25 keypoints, all iterates kept",
                        "/v1/fits",
                        Map.of(
                                "layout",
                                KeypointLayout.BODY_25.id(),
                                "image",
                                image,
                                "steps",
                                20,
                                "trajectory",
                                true,
                                "people",
                                Arrays.stream(SamplePerson.values())
                                        .map(sample -> person(sample, KeypointLayout.BODY_25, body))
                                        .toList())),
                new ExampleBody(
                        "openpose-file",
                        "A file as OpenPose writes it",
                        "/v1/fits/openpose?width=1920&height=1080",
                        Map.of(
                                "version",
                                1.3,
                                "people",
                                List.of(Map.of(
                                        "pose_keypoints_2d",
                                        SamplePerson.WALKING
                                                .problem(body, KeypointLayout.BODY_25)
                                                .keypoints())))));
    }

    private static Map<String, Object> person(SamplePerson sample, KeypointLayout layout, BodyModel body) {
        FitProblem problem = sample.problem(body, layout);
        List<double[]> keypoints = IntStream.range(0, layout.size())
                .mapToObj(k -> Arrays.copyOfRange(problem.keypoints(), 3 * k, 3 * k + 3))
                .toList();
        return Map.of("id", sample.name().toLowerCase(Locale.ROOT), "keypoints", keypoints);
    }
}

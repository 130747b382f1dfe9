package dev.secant.web.catalogue;

import dev.secant.body.BodyModel;
import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.minimize.request.Examples;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Example requests. */
@RestController
@Tag(name = "catalogues")
class ExamplesController implements OpenApiCustomizer {

    /** A request that can be posted as it is. */
    @Schema(name = "Example")
    record ExampleBody(
            String name,
            String title,
            @Schema(description = "Path to post the body to", example = "/v1/fits") String path,
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
    @Operation(operationId = "listExamples", summary = "List example requests that can be posted as they are")
    ExampleBodies examples() {
        return new ExampleBodies(examples);
    }

    private static List<ExampleBody> fits(BodyModel body) {
        List<Map<String, Object>> everybody = Arrays.stream(SamplePerson.values())
                .map(sample -> person(sample, KeypointLayout.BODY_25, body))
                .toList();
        double[] walking =
                SamplePerson.WALKING.problem(body, KeypointLayout.BODY_25).keypoints();
        Map<String, Object> four = request(KeypointLayout.BODY_25, everybody);
        four.put("steps", 20);
        four.put("trajectory", true);
        return List.of(
                new ExampleBody(
                        "one-person",
                        "One person, COCO's 17 keypoints",
                        "/v1/fits",
                        request(
                                KeypointLayout.COCO_17,
                                List.of(person(SamplePerson.STANDING, KeypointLayout.COCO_17, body)))),
                new ExampleBody("four-people", "Four people, 25 keypoints, with trajectories", "/v1/fits", four),
                new ExampleBody(
                        "openpose-file",
                        "An OpenPose output file",
                        "/v1/fits/openpose?width=1920&height=1080",
                        Map.of("people", List.of(Map.of("pose_keypoints_2d", walking)))));
    }

    /** In the order of the documentation. */
    private static Map<String, Object> request(KeypointLayout layout, List<Map<String, Object>> people) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("width", 1920);
        image.put("height", 1080);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("layout", layout.id());
        request.put("image", image);
        request.put("people", people);
        return request;
    }

    private static Map<String, Object> person(SamplePerson sample, KeypointLayout layout, BodyModel body) {
        FitProblem problem = sample.problem(body, layout);
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("id", sample.name().toLowerCase(Locale.ROOT));
        person.put(
                "keypoints",
                IntStream.range(0, layout.size())
                        .mapToObj(k -> Arrays.copyOfRange(problem.keypoints(), 3 * k, 3 * k + 3))
                        .toList());
        return person;
    }

    /** Shows the first example of each call in the description of the interface. */
    @Override
    public void customise(OpenAPI api) {
        for (ExampleBody example : examples) {
            PathItem path = Objects.requireNonNull(
                    api.getPaths().get(example.path().replaceFirst("\\?.*", "")), example.path());
            MediaType content = Objects.requireNonNull(
                    path.getPost().getRequestBody().getContent().get("application/json"), example.path());
            if (content.getExamples() == null) {
                content.addExamples(
                        example.name(), new Example().summary(example.title()).value(example.body()));
            }
        }
    }
}

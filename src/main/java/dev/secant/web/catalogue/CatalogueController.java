package dev.secant.web.catalogue;

import dev.secant.body.BodyModel;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.KeypointLayout;
import dev.secant.web.errors.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Catalogues of body models, checkpoints, keypoint layouts and problem types. */
@RestController
@RequestMapping("/v1")
@Tag(name = "catalogues", description = "Catalogues of objectives, body models, checkpoints and keypoint layouts")
class CatalogueController {

    /** A keypoint layout. */
    @Schema(name = "KeypointLayout")
    record Layout(String id, List<String> keypoints) {}

    /** All keypoint layouts. */
    @Schema(name = "KeypointLayouts")
    record Layouts(List<Layout> layouts) {}

    /** A type of problem. */
    @Schema(name = "ProblemType")
    record Type(URI type, String title, int status, String description) {}

    /** All types of problems. */
    @Schema(name = "ProblemTypes")
    record Types(List<Type> types) {}

    /** A body model. */
    @Schema(name = "BodyModel")
    record Body(String name, String digest, int vertices, int faces, int joints, int betas, List<String> landmarks) {}

    /** All body models. */
    @Schema(name = "BodyModels")
    record Bodies(List<Body> bodies) {}

    /** Trained weights. */
    record CheckpointSummary(
            String name,
            String version,
            String preset,
            String weightsSha256,
            Map<String, Double> metrics,
            String licence,
            List<String> acknowledgements) {}

    /** All checkpoints. */
    record Checkpoints(List<CheckpointSummary> checkpoints) {}

    private final BodyModel body;
    private final CheckpointRegistry checkpoints;

    CatalogueController(BodyModel body, CheckpointRegistry checkpoints) {
        this.body = body;
        this.checkpoints = checkpoints;
    }

    @GetMapping("/body-models")
    @Operation(operationId = "listBodyModels", summary = "List body models")
    Bodies bodies() {
        return new Bodies(List.of(new Body(
                body.name(),
                body.digest(),
                body.vertexCount(),
                body.faces().length / 3,
                body.jointCount(),
                body.shapeCount(),
                body.landmarks().keySet().stream().sorted().toList())));
    }

    @GetMapping("/checkpoints")
    @Operation(operationId = "listCheckpoints", summary = "List installed checkpoints (trained weights)")
    Checkpoints checkpoints() {
        return new Checkpoints(checkpoints.list().stream()
                .map(manifest -> new CheckpointSummary(
                        manifest.name(),
                        manifest.version(),
                        manifest.preset(),
                        manifest.weightsSha256(),
                        manifest.metrics(),
                        manifest.licence(),
                        manifest.acknowledgements()))
                .toList());
    }

    @GetMapping("/keypoint-layouts")
    @Operation(operationId = "listKeypointLayouts", summary = "List supported keypoint layouts")
    Layouts layouts() {
        return new Layouts(Arrays.stream(KeypointLayout.values())
                .map(layout -> new Layout(layout.id(), layout.keypoints()))
                .toList());
    }

    @GetMapping("/problem-types")
    @Operation(operationId = "listProblemTypes", summary = "List problem types (error responses)")
    Types problemTypes() {
        return new Types(Arrays.stream(ProblemType.values())
                .map(type -> new Type(type.type(), type.title(), type.status().value(), type.description()))
                .toList());
    }
}

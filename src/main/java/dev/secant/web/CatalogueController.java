package dev.secant.web;

import dev.secant.fit.KeypointLayout;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to choose from. */
@RestController
@RequestMapping("/v1")
@Tag(name = "catalogues", description = "What there is to choose from")
class CatalogueController {

    /** A keypoint layout. */
    record Layout(String id, List<String> keypoints) {}

    /** All keypoint layouts. */
    record Layouts(List<Layout> layouts) {}

    /** A type of problem. */
    record Type(URI type, String title, int status, String description) {}

    /** All types of problems. */
    record Types(List<Type> types) {}

    @GetMapping("/keypoint-layouts")
    @Operation(operationId = "listKeypointLayouts", summary = "The orders of keypoints that are understood")
    Layouts layouts() {
        return new Layouts(Arrays.stream(KeypointLayout.values())
                .map(layout -> new Layout(layout.id(), layout.keypoints()))
                .toList());
    }

    @GetMapping("/problem-types")
    @Operation(operationId = "listProblemTypes", summary = "The errors that this service answers with")
    Types problemTypes() {
        return new Types(Arrays.stream(ProblemType.values())
                .map(type -> new Type(type.type(), type.title(), type.status().value(), type.description()))
                .toList());
    }
}

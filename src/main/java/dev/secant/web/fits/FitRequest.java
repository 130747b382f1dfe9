package dev.secant.web.fits;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/fits} takes. */
@Schema(description = "2D keypoints of one or many people, or frames, that bodies are fitted to")
public record FitRequest(
        @Schema(
                        description = "The order of the keypoints; GET /v1/keypoint-layouts lists them",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "body_25")
                @Nullable
                String layout,
        @Schema(description = "The image's size", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                ImageSize image,
        @Schema(description = "Focal length in pixels, with the principal point at the image's centre") @Nullable
                Double focal,
        @Schema(
                        description =
                                "All intrinsics; not together with focal. With neither, the focal length is taken to be the"
                                        + " image's diagonal")
                @Nullable
                CameraIntrinsics camera,
        @Schema(description = "The people", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                List<@Nullable Person> people,
        @Schema(description = "Optimizer steps, 0 to 100; 0 gives the initialiser's guess", defaultValue = "8")
                @Nullable
                Integer steps,
        @Schema(description = "Whether to keep the iterates", defaultValue = "false") @Nullable Boolean trajectory) {

    /** The size of an image. */
    public record ImageSize(
            @Schema(description = "Pixels", requiredMode = Schema.RequiredMode.REQUIRED, example = "1920") @Nullable
                    Double width,
            @Schema(description = "Pixels", requiredMode = Schema.RequiredMode.REQUIRED, example = "1080") @Nullable
                    Double height) {}

    /** The intrinsics of a pinhole camera, pixels. */
    public record CameraIntrinsics(
            @Schema(description = "Focal length, x", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Double fx,
            @Schema(description = "Focal length, y; fx if left out") @Nullable Double fy,
            @Schema(description = "Principal point, x; the image's centre if left out") @Nullable Double cx,
            @Schema(description = "Principal point, y; the image's centre if left out") @Nullable Double cy) {}

    /** A person. */
    @Schema(name = "PersonKeypoints")
    public record Person(
            @Schema(description = "A name of yours, given back with the result") @Nullable String id,
            @Schema(
                            description =
                                    "One [x, y, confidence] a keypoint, in the layout's order; x and y in pixels from the"
                                            + " image's top left; confidence 0, or less, is not detected",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    double @Nullable [] @Nullable [] keypoints) {}
}

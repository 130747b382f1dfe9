package dev.secant.web.fits;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/fits} takes. */
@Schema(description = "2D keypoints of one or more people, or frames, to fit bodies to")
public record FitRequest(
        @Schema(
                        description = "Keypoint layout (order of the keypoints); see GET /v1/keypoint-layouts",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "body_25")
                @Nullable
                String layout,
        @Schema(description = "Size of the image", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                ImageSize image,
        @Schema(description = "Focal length in pixels; the principal point is the centre of the image") @Nullable
                Double focal,
        @Schema(
                        description =
                                "Field of view across the image's diagonal, degrees, instead of focal; the principal point is the"
                                        + " centre of the image")
                @Nullable
                Double fieldOfView,
        @Schema(
                        description =
                                "Camera intrinsics, instead of focal or fieldOfView. If all three are omitted, the focal length is"
                                        + " assumed to equal the image diagonal")
                @Nullable
                CameraIntrinsics camera,
        @Schema(
                        description = "People, or frames, at most 1,000 unless configured otherwise",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable
                List<@Nullable Person> people,
        @Schema(description = "Number of optimizer steps, 0 to 100; 0 returns the initial estimate", defaultValue = "8")
                @Nullable
                Integer steps,
        @Schema(description = "Whether to record the iterates", defaultValue = "false") @Nullable Boolean trajectory) {

    /** The size of an image. */
    public record ImageSize(
            @Schema(description = "Pixels", requiredMode = Schema.RequiredMode.REQUIRED, example = "1920") @Nullable
                    Double width,
            @Schema(description = "Pixels", requiredMode = Schema.RequiredMode.REQUIRED, example = "1080") @Nullable
                    Double height) {}

    /** The intrinsics of a camera, pixels. */
    public record CameraIntrinsics(
            @Schema(description = "Focal length along x, pixels", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                    Double fx,
            @Schema(description = "Focal length along y, pixels; defaults to fx") @Nullable Double fy,
            @Schema(description = "Principal point, x, pixels; defaults to the image centre") @Nullable Double cx,
            @Schema(description = "Principal point, y, pixels; defaults to the image centre") @Nullable Double cy,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Lens distortion in OpenCV's order: k1, k2, p1, p2 and optionally k3; defaults"
                                                            + " to none. Keypoints are given where the detector saw them, in the"
                                                            + " distorted image. One where the distortion cannot be inverted"
                                                            + " counts as not detected"),
                            minItems = 4,
                            maxItems = 5)
                    double @Nullable [] distortion) {}

    /** A person. */
    @Schema(name = "PersonKeypoints")
    public record Person(
            @Schema(description = "Client-chosen identifier, returned with the result; at most 200 characters")
                    @Nullable
                    String id,
            @Schema(
                            description =
                                    "One [x, y, confidence] per keypoint, in the order of the layout; x and y in pixels from the"
                                            + " top left corner of the image; a confidence of 0 or less marks a keypoint as not detected",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    double @Nullable [] @Nullable [] keypoints) {}
}

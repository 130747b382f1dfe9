package dev.secant.web.fits;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/multi-view-fits} takes. */
@Schema(description = "2D keypoints of people in the images of several calibrated cameras, taken at one moment")
public record MultiViewFitRequest(
        @Schema(
                        description = "Keypoint layout (order of the keypoints); see GET /v1/keypoint-layouts",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "body_25")
                @Nullable
                String layout,
        @Schema(
                        description = "The cameras, at most 64; all in one world, in metres",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable
                List<@Nullable CameraInWorld> cameras,
        @Schema(
                        description = "People, at most 1,000 unless configured otherwise",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable
                List<@Nullable PersonInViews> people,
        @Schema(
                        description =
                                "Number of steps of Levenberg and Marquardt's method at most, 0 to 100; 0 returns the fused"
                                        + " estimate of the views",
                        defaultValue = "20")
                @Nullable
                Integer steps) {

    /** A calibrated camera: {@code x_camera = rotation x_world + translation}, camera axes x right, y down, z forward. */
    @Schema(name = "CalibratedCamera")
    public record CameraInWorld(
            @Schema(
                            description = "Name of the camera, at most 200 characters; views refer to it",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String id,
            @Schema(description = "Size of its image", requiredMode = Schema.RequiredMode.REQUIRED)
                    FitRequest.@Nullable ImageSize image,
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
                                                            + " to none"),
                            minItems = 4,
                            maxItems = 5)
                    double @Nullable [] distortion,
            @Schema(description = "Rotation from the world to the camera, 3 x 3 by rows; give it or rotationVector")
                    double @Nullable [] @Nullable [] rotation,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "The same rotation as a vector, axis times angle in radians (OpenCV's rvec)"),
                            minItems = 3,
                            maxItems = 3)
                    double @Nullable [] rotationVector,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description = "Translation from the world to the camera, metres",
                                            requiredMode = Schema.RequiredMode.REQUIRED),
                            minItems = 3,
                            maxItems = 3)
                    double @Nullable [] translation) {}

    /** A person as the cameras see it. */
    @Schema(name = "PersonInViews")
    public record PersonInViews(
            @Schema(description = "Client-chosen identifier, returned with the result; at most 200 characters")
                    @Nullable
                    String id,
            @Schema(
                            description = "The person in one image each, at least one; no camera twice",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    List<@Nullable KeypointsInView> views) {}

    /** The keypoints of a person in one image. */
    @Schema(name = "KeypointsInView")
    public record KeypointsInView(
            @Schema(description = "Id of the camera", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                    String camera,
            @Schema(
                            description =
                                    "One [x, y, confidence] per keypoint, in the order of the layout; x and y in pixels from the"
                                            + " top left corner of the image; a confidence of 0 or less marks a keypoint as not detected",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    double @Nullable [] @Nullable [] keypoints) {}
}

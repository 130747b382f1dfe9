package dev.secant.web.fits;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/sequences} takes. */
@Schema(description = "2D keypoints of one person in the frames of a video")
public record SequenceRequest(
        @Schema(
                        description = "Keypoint layout (order of the keypoints); see GET /v1/keypoint-layouts",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "body_25")
                @Nullable
                String layout,
        @Schema(description = "Size of the images", requiredMode = Schema.RequiredMode.REQUIRED)
                FitRequest.@Nullable ImageSize image,
        @Schema(description = "Focal length in pixels; the principal point is the centre of the image") @Nullable
                Double focal,
        @Schema(
                        description =
                                "Camera intrinsics; cannot be combined with focal. If both are omitted, the focal length is assumed"
                                        + " to equal the image diagonal. The camera is taken to stand still")
                FitRequest.@Nullable CameraIntrinsics camera,
        @Schema(
                        description = "Frames per second, above 0 and at most 1,000",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "30")
                @Nullable
                Double frameRate,
        @Schema(
                        description =
                                "The frames in order, at most 10,000 unless configured otherwise. A frame without the person has keypoints"
                                        + " null, or confidences of 0",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable
                List<@Nullable Frame> frames,
        @Schema(
                        description =
                                "Maximum number of Gauss-Newton steps, 0 to 100; 0 returns the smoothed initial estimates",
                        defaultValue = "6")
                @Nullable
                Integer steps,
        @Schema(description = "Factor of the smoothness over time, 0.01 to 100; more is smoother", defaultValue = "1")
                @Nullable
                Double smoothness) {

    /** A frame. */
    @Schema(name = "FrameKeypoints")
    public record Frame(
            @Schema(
                            description =
                                    "One [x, y, confidence] per keypoint, in the order of the layout; x and y in pixels from the"
                                            + " top left corner of the image; a confidence of 0 or less marks a keypoint as not"
                                            + " detected; null if the person is not in the frame")
                    double @Nullable [] @Nullable [] keypoints) {}
}

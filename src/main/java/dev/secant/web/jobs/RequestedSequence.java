package dev.secant.web.jobs;

import dev.secant.jobs.fit.SequencePayload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a fit of a sequence was asked. */
public record RequestedSequence(
        @Schema(description = "Keypoint layout; see GET /v1/keypoint-layouts") String layout,
        @Schema(description = "The camera, given or assumed") FittedPerson.Camera camera,
        @Schema(description = "Frames per second") double frameRate,
        @Schema(description = "The frames in order") List<Frame> frames,
        @Schema(description = "Number of Gauss-Newton steps at most") int steps) {

    /** A frame. */
    @Schema(name = "RequestedFrame")
    public record Frame(
            @Schema(
                            description =
                                    "x and y in pixels and confidence of each keypoint of the layout, K x 3; null if the person is not in the frame",
                            types = {"array", "null"})
                    double @Nullable [] @Nullable [] keypoints) {

        static Frame of(double @Nullable [] keypoints) {
            return new Frame(keypoints == null ? null : RequestedViews.rows(keypoints));
        }
    }

    static RequestedSequence of(SequencePayload payload) {
        return new RequestedSequence(
                payload.problem().layout().id(),
                FittedPerson.Camera.of(payload.problem().camera()),
                payload.problem().framesPerSecond(),
                payload.problem().frames().stream().map(Frame::of).toList(),
                payload.settings().steps());
    }
}

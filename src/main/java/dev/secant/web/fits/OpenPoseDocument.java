package dev.secant.web.fits;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What an OpenPose file looks like, for the API's description; {@link dev.secant.fit.OpenPoseFile} reads it. */
@Schema(description = "A file that OpenPose wrote with --write_json; what is not described is passed over")
record OpenPoseDocument(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Person> people) {

    @Schema(name = "OpenPosePerson")
    record Person(
            @JsonProperty("pose_keypoints_2d")
                    @Schema(
                            description =
                                    "x, y, confidence of each keypoint, flat; files of OpenPose 1.0 call it pose_keypoints")
                    List<Double> poseKeypoints2d) {}
}

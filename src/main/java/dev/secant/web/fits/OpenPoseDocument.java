package dev.secant.web.fits;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What an OpenPose file looks like, for the API's description; {@link dev.secant.fit.files.OpenPoseFile} reads it. */
@Schema(description = "A file that OpenPose wrote with --write_json; other fields are ignored")
record OpenPoseDocument(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Person> people) {

    @Schema(name = "OpenPosePerson")
    record Person(
            @JsonProperty("pose_keypoints_2d")
                    @Schema(
                            description =
                                    "x, y and confidence of each keypoint as a flat array; named pose_keypoints in files of OpenPose 1.0")
                    List<Double> poseKeypoints2d) {}
}

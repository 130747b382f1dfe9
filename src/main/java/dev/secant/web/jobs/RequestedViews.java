package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.jobs.fit.MultiViewPayload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a fit of several views was asked. */
public record RequestedViews(
        @Schema(description = "Keypoint layout; see GET /v1/keypoint-layouts") String layout,
        @Schema(description = "Number of steps at most") int steps,
        @Schema(description = "The cameras") List<Camera> cameras,
        @Schema(description = "The people, in the order of the items") List<Person> people) {

    /** A camera in the world. */
    @Schema(name = "RequestedCamera")
    public record Camera(
            @Schema(description = "Name of the camera; views refer to it") String id,
            @Schema(description = "Width of its image, pixels") double width,
            @Schema(description = "Height of its image, pixels") double height,
            @Schema(description = "Its intrinsics, pixels") FittedPerson.Camera intrinsics,
            @Schema(description = "Rotation from the world to the camera, 3 x 3 by rows") double[][] rotation,
            @Schema(description = "Translation from the world to the camera, metres") double[] translation) {

        static Camera of(CalibratedCamera camera) {
            return new Camera(
                    camera.id(),
                    camera.width(),
                    camera.height(),
                    FittedPerson.Camera.of(camera.intrinsics()),
                    rows(camera.rotation()),
                    camera.translation());
        }
    }

    /** A person in several images. */
    @Schema(name = "RequestedPersonInViews")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Person(
            @Schema(description = "The id given in the request") @Nullable String id,
            @Schema(description = "What the cameras saw") List<View> views) {}

    /** The keypoints of a person in one image. */
    @Schema(name = "RequestedView")
    public record View(
            @Schema(description = "Id of the camera") String camera,
            @Schema(description = "x and y in pixels and confidence of each keypoint of the layout, K x 3")
                    double[][] keypoints) {}

    static RequestedViews of(MultiViewPayload payload) {
        List<Camera> cameras = payload.cameras().stream().map(Camera::of).toList();
        return new RequestedViews(
                payload.layout().id(),
                payload.steps(),
                cameras,
                payload.people().stream()
                        .map(person -> new Person(
                                person.id(),
                                person.views().stream()
                                        .map(view -> new View(
                                                cameras.get(view.camera()).id(), rows(view.keypoints())))
                                        .toList()))
                        .toList());
    }

    /** Rows of three numbers. */
    static double[][] rows(double[] flat) {
        double[][] rows = new double[flat.length / 3][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, 3 * row, 3 * row + 3));
        return rows;
    }
}

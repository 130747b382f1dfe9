package dev.secant.web.fits;

import dev.secant.fit.Camera;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.files.OpenPoseFile;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.RequestError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Query parameters for what an OpenPose file does not contain. */
record OpenPoseParameters(
        @Schema(description = "Image width, pixels", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                Double width,
        @Schema(description = "Image height, pixels", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
                Double height,
        @Schema(
                        description =
                                "Focal length, pixels; if it and fieldOfView are omitted, it is assumed to equal the image diagonal")
                @Nullable
                Double focal,
        @Schema(description = "Field of view across the image's diagonal, degrees, 1 to 170, instead of focal")
                @Nullable
                Double fieldOfView,
        @Schema(
                        description =
                                "Keypoint layout; auto detects it from the number of keypoints, and distinguishes body_25 from"
                                        + " body_25b by bone lengths",
                        defaultValue = "auto")
                @Nullable
                String layout,
        @Schema(description = "Number of optimizer steps, 0 to 100", defaultValue = "8") @Nullable Integer steps,
        @Schema(description = "Whether to record the iterates", defaultValue = "false") @Nullable Boolean trajectory) {

    private static final String AUTO = "auto";

    /**
     * The payload of a file.
     *
     * @throws ProblemException if anything is wrong with it or with these parameters
     */
    FitPayload payload(byte[] file, int maxPeople) {
        List<RequestError> errors = new ArrayList<>();
        check(errors, "width", width, true, FitRequestReader.MAX_IMAGE_SIDE);
        check(errors, "height", height, true, FitRequestReader.MAX_IMAGE_SIDE);
        check(errors, "focal", focal, false, FitRequestReader.MAX_FOCAL);
        if (fieldOfView != null && focal != null) {
            errors.add(RequestError.of("fieldOfView", "Give either focal or fieldOfView, not both."));
        } else if (fieldOfView != null && !FitRequestReader.isFieldOfView(fieldOfView)) {
            errors.add(RequestError.of("fieldOfView", FitRequestReader.fieldOfViewBounds(fieldOfView)));
        }
        if (steps != null && (steps < 0 || steps > FitRequestReader.MAX_STEPS)) {
            errors.add(RequestError.of(
                    "steps", "The steps (%d) must be between 0 and %d.".formatted(steps, FitRequestReader.MAX_STEPS)));
        }
        Optional<KeypointLayout> known = Optional.empty();
        if (layout != null && !layout.equalsIgnoreCase(AUTO)) {
            known = KeypointLayout.byId(layout);
            if (known.isEmpty()) {
                errors.add(RequestError.of(
                        "layout", "The layout (%s) is unknown. %s".formatted(layout, FitRequestReader.knownLayouts())));
            }
        }
        if (!errors.isEmpty() || width == null || height == null) {
            throw ProblemException.invalid(errors);
        }
        Camera camera = camera(width, height);
        int budget = steps == null ? FitSettings.DEFAULT_STEPS : steps;
        return FitRequestReader.visible(new FitPayload(
                new FitSettings(budget, Boolean.TRUE.equals(trajectory)), people(file, known, camera, maxPeople)));
    }

    private Camera camera(double imageWidth, double imageHeight) {
        if (focal != null) {
            return Camera.ofFocal(focal, imageWidth, imageHeight);
        }
        return fieldOfView == null
                ? Camera.unknown(imageWidth, imageHeight)
                : Camera.ofFieldOfView(fieldOfView, imageWidth, imageHeight);
    }

    private static void check(
            List<RequestError> errors, String parameter, @Nullable Double value, boolean required, double max) {
        if (value == null) {
            if (required) {
                errors.add(RequestError.of(parameter, "The parameter %s is missing.".formatted(parameter)));
            }
        } else if (!(value > 0 && value <= max)) {
            errors.add(RequestError.of(
                    parameter, "The %s (%s) must be above 0 and at most %.0f.".formatted(parameter, value, max)));
        }
    }

    private static List<FitPayload.Person> people(
            byte[] file, Optional<KeypointLayout> layout, Camera camera, int maxPeople) {
        OpenPoseFile parsed;
        try {
            parsed = OpenPoseFile.parse(file, layout);
        } catch (OpenPoseFile.FormatException e) {
            throw ProblemException.invalid(List.of(RequestError.at(e.pointer(), String.valueOf(e.getMessage()))));
        }
        int people = parsed.people().size();
        if (people == 0) {
            throw ProblemException.invalid(
                    List.of(RequestError.at("/people", "There is nobody to fit: people is empty.")));
        }
        if (people > maxPeople) {
            throw ProblemException.invalid(
                    List.of(RequestError.at("/people", FitRequestReader.tooMany(people, maxPeople))));
        }
        List<FitPayload.Person> read = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            OpenPoseFile.Person person = parsed.people().get(i);
            checkCoordinates(person.keypoints(), i);
            read.add(new FitPayload.Person(null, new FitProblem(person.layout(), person.keypoints(), camera)));
        }
        return read;
    }

    private static void checkCoordinates(double[] keypoints, int person) {
        for (int i = 0; i < keypoints.length; i++) {
            if (i % 3 != 2 && Math.abs(keypoints[i]) > FitRequestReader.MAX_COORDINATE) {
                throw ProblemException.invalid(List.of(RequestError.at(
                        "/people/" + person,
                        "The coordinate (%s) of keypoint %d must be within %.0f pixels."
                                .formatted(keypoints[i], i / 3, FitRequestReader.MAX_COORDINATE))));
            }
        }
    }
}

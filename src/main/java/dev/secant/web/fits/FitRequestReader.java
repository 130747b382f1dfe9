package dev.secant.web.fits;

import dev.secant.fit.Camera;
import dev.secant.fit.Distortion;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks a request to fit, in full, and makes the job's payload of it. */
final class FitRequestReader {

    static final double MAX_IMAGE_SIDE = 100_000;
    static final double MAX_FOCAL = 1e6;
    static final double MAX_COORDINATE = 1e6;
    static final double LEAST_FIELD_OF_VIEW = 1;
    static final double LARGEST_FIELD_OF_VIEW = 170;
    static final int MAX_STEPS = 100;
    static final int MAX_ID = 200;

    /** A request gets this many complaints at most: a file of the wrong layout would get one a person. */
    private static final int MAX_ERRORS = 20;

    private final int maxPeople;
    private final List<RequestError> errors = new ArrayList<>();

    /** A reader, or the checks of another request. */
    FitRequestReader(int maxPeople) {
        this.maxPeople = maxPeople;
    }

    /**
     * Reads a request.
     *
     * @throws ProblemException if anything is wrong with it
     */
    static FitPayload read(FitRequest request, int maxPeople) {
        return new FitRequestReader(maxPeople).read(request);
    }

    private FitPayload read(FitRequest request) {
        Optional<KeypointLayout> layout = layout(request.layout());
        Optional<Camera> camera = camera(request);
        FitSettings settings =
                new FitSettings(steps(request.steps(), "/steps"), Boolean.TRUE.equals(request.trajectory()));
        List<FitPayload.Person> people = people(request.people(), layout, camera);
        throwIfWrong();
        return visible(new FitPayload(settings, people));
    }

    /** @throws ProblemException if no person has a visible keypoint */
    static FitPayload visible(FitPayload payload) {
        if (payload.people().stream().allMatch(person -> person.detected() == 0)) {
            throw new ProblemException(
                    ProblemType.NO_VISIBLE_KEYPOINT,
                    "None of the %d people has a keypoint with a confidence above 0."
                            .formatted(payload.people().size()));
        }
        return payload;
    }

    /** @throws ProblemException if there was any complaint */
    void throwIfWrong() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** How many complaints there are so far. */
    int complaints() {
        return errors.size();
    }

    static boolean isVisible(double[] keypoints) {
        return IntStream.range(0, keypoints.length / 3).anyMatch(k -> keypoints[3 * k + 2] > 0);
    }

    void complain(String pointer, String detail) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(RequestError.at(pointer, detail));
        }
    }

    Optional<KeypointLayout> layout(@Nullable String id) {
        if (id == null) {
            complain("/layout", "The layout is missing. " + knownLayouts());
            return Optional.empty();
        }
        Optional<KeypointLayout> layout = KeypointLayout.byId(id);
        if (layout.isEmpty()) {
            complain("/layout", "The layout (%s) is unknown. %s".formatted(id, knownLayouts()));
        }
        return layout;
    }

    static String knownLayouts() {
        return "Known are "
                + Arrays.stream(KeypointLayout.values()).map(KeypointLayout::id).collect(Collectors.joining(", "))
                + ".";
    }

    private Optional<Camera> camera(FitRequest request) {
        int before = errors.size();
        double[] size = size(request.image(), "/image");
        double width = size[0];
        double height = size[1];
        FitRequest.CameraIntrinsics intrinsics = request.camera();
        if (intrinsics != null && request.focal() != null) {
            complain("/focal", "Give either focal or camera, not both.");
        }
        if (request.fieldOfView() != null && (intrinsics != null || request.focal() != null)) {
            complain("/fieldOfView", "Give one of focal, fieldOfView and camera only.");
        }
        Camera camera = null;
        if (intrinsics != null) {
            return intrinsics(intrinsics, width, height, "/camera");
        }
        if (request.focal() != null) {
            double focal = within(request.focal(), "/focal", "focal", MAX_FOCAL);
            camera = errors.size() > before ? null : Camera.ofFocal(focal, width, height);
        } else if (request.fieldOfView() != null) {
            double degrees = request.fieldOfView();
            if (!isFieldOfView(degrees)) {
                complain("/fieldOfView", fieldOfViewBounds(degrees));
            }
            camera = errors.size() > before ? null : Camera.ofFieldOfView(degrees, width, height);
        } else if (errors.size() == before) {
            camera = Camera.unknown(width, height);
        }
        return Optional.ofNullable(camera);
    }

    /** The width and the height of an image. */
    double[] size(FitRequest.@Nullable ImageSize image, String pointer) {
        if (image == null) {
            complain(pointer, "The image's size is missing.");
            return new double[] {1, 1};
        }
        return new double[] {
            within(image.width(), pointer + "/width", "width", MAX_IMAGE_SIDE),
            within(image.height(), pointer + "/height", "height", MAX_IMAGE_SIDE)
        };
    }

    /** The camera of given intrinsics; empty if there has been any complaint. */
    Optional<Camera> intrinsics(FitRequest.CameraIntrinsics given, double width, double height, String pointer) {
        double fx = within(given.fx(), pointer + "/fx", "fx", MAX_FOCAL);
        double fy = given.fy() == null ? fx : within(given.fy(), pointer + "/fy", "fy", MAX_FOCAL);
        double cx = coordinate(Objects.requireNonNullElse(given.cx(), width / 2), pointer + "/cx");
        double cy = coordinate(Objects.requireNonNullElse(given.cy(), height / 2), pointer + "/cy");
        Distortion distortion = distortion(given.distortion(), pointer + "/distortion");
        return errors.isEmpty() ? Optional.of(new Camera(fx, fy, cx, cy).with(distortion)) : Optional.empty();
    }

    static boolean isFieldOfView(double degrees) {
        return degrees >= LEAST_FIELD_OF_VIEW && degrees <= LARGEST_FIELD_OF_VIEW;
    }

    static String fieldOfViewBounds(double degrees) {
        return "The field of view (%s) must be between %.0f and %.0f degrees across the image's diagonal."
                .formatted(degrees, LEAST_FIELD_OF_VIEW, LARGEST_FIELD_OF_VIEW);
    }

    private Distortion distortion(double @Nullable [] coefficients, String pointer) {
        if (coefficients == null) {
            return Distortion.NONE;
        }
        if (coefficients.length != 4 && coefficients.length != 5) {
            complain(
                    pointer,
                    "The distortion has %d coefficients, but k1, k2, p1, p2 and optionally k3 are known."
                            .formatted(coefficients.length));
            return Distortion.NONE;
        }
        for (int i = 0; i < coefficients.length; i++) {
            if (!(Math.abs(coefficients[i]) <= MAX_COORDINATE)) {
                complain(pointer + "/" + i, "The coefficient (%s) must be a finite number.".formatted(coefficients[i]));
                return Distortion.NONE;
            }
        }
        return Distortion.of(coefficients);
    }

    private double within(@Nullable Double value, String pointer, String name, double max) {
        if (value == null) {
            complain(pointer, "The %s is missing.".formatted(name));
            return 1;
        }
        if (!(value > 0 && value <= max)) {
            complain(pointer, "The %s (%s) must be above 0 and at most %.0f.".formatted(name, value, max));
            return 1;
        }
        return value;
    }

    private double coordinate(double value, String pointer) {
        if (!(Math.abs(value) <= MAX_COORDINATE)) {
            complain(pointer, "The coordinate (%s) must be within %.0f pixels.".formatted(value, MAX_COORDINATE));
        }
        return value;
    }

    int steps(@Nullable Integer steps, String pointer) {
        if (steps == null) {
            return FitSettings.DEFAULT_STEPS;
        }
        if (steps < 0 || steps > MAX_STEPS) {
            complain(pointer, "The steps (%d) must be between 0 and %d.".formatted(steps, MAX_STEPS));
            return FitSettings.DEFAULT_STEPS;
        }
        return steps;
    }

    private List<FitPayload.Person> people(
            @Nullable List<FitRequest.@Nullable Person> people,
            Optional<KeypointLayout> layout,
            Optional<Camera> camera) {
        List<FitPayload.Person> read = new ArrayList<>();
        if (people == null || people.isEmpty()) {
            complain("/people", "There is nobody to fit: people is empty.");
        } else if (people.size() > maxPeople) {
            complain("/people", tooMany(people.size(), maxPeople));
        } else if (layout.isPresent()) {
            for (int i = 0; i < people.size(); i++) {
                String pointer = "/people/" + i;
                FitRequest.Person person = people.get(i);
                double[] keypoints = keypoints(person, layout.get(), pointer);
                if (person != null && camera.isPresent() && errors.isEmpty()) {
                    read.add(new FitPayload.Person(person.id(), new FitProblem(layout.get(), keypoints, camera.get())));
                }
            }
        }
        return read;
    }

    static String tooMany(int people, int maxPeople) {
        return "There are %d people, but at most %d fit in one request. Maybe send the others in another."
                .formatted(people, maxPeople);
    }

    private double[] keypoints(FitRequest.@Nullable Person person, KeypointLayout layout, String pointer) {
        if (person == null) {
            complain(pointer + "/keypoints", "The keypoints are missing.");
            return new double[3 * layout.size()];
        }
        if (person.id() != null && person.id().length() > MAX_ID) {
            complain(pointer + "/id", "The id has more than %d characters.".formatted(MAX_ID));
        }
        return keypoints(person.keypoints(), layout, pointer);
    }

    /** Flat, {@code [K, 3]}. */
    double[] keypoints(double @Nullable [] @Nullable [] keypoints, KeypointLayout layout, String pointer) {
        double[] flat = new double[3 * layout.size()];
        if (keypoints == null) {
            complain(pointer + "/keypoints", "The keypoints are missing.");
            return flat;
        }
        if (keypoints.length != layout.size()) {
            complain(
                    pointer + "/keypoints",
                    "The layout %s has %d keypoints, but there are %d."
                            .formatted(layout.id(), layout.size(), keypoints.length));
            return flat;
        }
        for (int k = 0; k < keypoints.length; k++) {
            String at = pointer + "/keypoints/" + k;
            double[] keypoint = keypoints[k];
            if (keypoint == null || keypoint.length != 3) {
                complain(at, "A keypoint is [x, y, confidence]; an undetected one is [0, 0, 0].");
            } else {
                checkNumbers(keypoint, at);
                System.arraycopy(keypoint, 0, flat, 3 * k, 3);
            }
        }
        return flat;
    }

    private void checkNumbers(double[] keypoint, String pointer) {
        for (int i = 0; i < 2; i++) {
            if (!(Math.abs(keypoint[i]) <= MAX_COORDINATE)) {
                complain(
                        pointer + "/" + i,
                        "The coordinate (%s) must be within %.0f pixels.".formatted(keypoint[i], MAX_COORDINATE));
            }
        }
        if (!Double.isFinite(keypoint[2])) {
            complain(pointer + "/2", "The confidence (%s) must be a finite number.".formatted(keypoint[2]));
        }
    }
}

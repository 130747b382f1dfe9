package dev.secant.web.fits;

import dev.secant.fit.KeypointLayout;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewFitter;
import dev.secant.jobs.fit.MultiViewPayload;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a request to fit several views, in full, and makes the job's payload of it. */
final class MultiViewFitRequestReader {

    static final int MAX_CAMERAS = 64;

    private final int maxPeople;
    private final FitRequestReader checks;
    private final Map<String, Integer> cameras = new HashMap<>();

    private MultiViewFitRequestReader(int maxPeople) {
        this.maxPeople = maxPeople;
        this.checks = new FitRequestReader(maxPeople);
    }

    /**
     * Reads a request.
     *
     * @throws ProblemException if anything is wrong with it
     */
    static MultiViewPayload read(MultiViewFitRequest request, int maxPeople) {
        return new MultiViewFitRequestReader(maxPeople).read(request);
    }

    private MultiViewPayload read(MultiViewFitRequest request) {
        Optional<KeypointLayout> layout = checks.layout(request.layout());
        int steps = request.steps() == null ? MultiViewFitter.DEFAULT_STEPS : checks.steps(request.steps(), "/steps");
        List<CalibratedCamera> read = cameras(request.cameras());
        List<MultiViewPayload.Person> people = people(request.people(), layout);
        checks.throwIfWrong();
        MultiViewPayload payload = new MultiViewPayload(steps, layout.orElseThrow(), read, people);
        boolean visible = people.stream()
                .flatMap(person -> person.views().stream())
                .anyMatch(view -> FitRequestReader.isVisible(view.keypoints()));
        if (!visible) {
            throw new ProblemException(
                    ProblemType.NO_VISIBLE_KEYPOINT,
                    "None of the %d people has a keypoint with a confidence above 0 in any view."
                            .formatted(people.size()));
        }
        return payload;
    }

    private List<CalibratedCamera> cameras(@Nullable List<MultiViewFitRequest.@Nullable CameraInWorld> given) {
        List<CalibratedCamera> read = new ArrayList<>();
        if (given == null || given.isEmpty()) {
            checks.complain("/cameras", "There is no camera: cameras is empty.");
        } else if (given.size() > MAX_CAMERAS) {
            checks.complain("/cameras", "There are %d cameras, but at most %d.".formatted(given.size(), MAX_CAMERAS));
        } else {
            for (int i = 0; i < given.size(); i++) {
                camera(given.get(i), "/cameras/" + i, i).ifPresent(read::add);
            }
        }
        return read;
    }

    private Optional<CalibratedCamera> camera(
            MultiViewFitRequest.@Nullable CameraInWorld given, String pointer, int index) {
        int before = checks.complaints();
        if (given == null) {
            checks.complain(pointer, "The camera is missing.");
            return Optional.empty();
        }
        String id = given.id();
        if (id == null || id.isBlank() || id.length() > FitRequestReader.MAX_ID) {
            checks.complain(
                    pointer + "/id", "A camera has an id of at most %d characters.".formatted(FitRequestReader.MAX_ID));
        } else if (cameras.putIfAbsent(id, index) != null) {
            checks.complain(pointer + "/id", "The id (%s) is that of another camera too.".formatted(id));
        }
        double[] size = checks.size(given.image(), pointer + "/image");
        FitRequest.CameraIntrinsics intrinsics =
                new FitRequest.CameraIntrinsics(given.fx(), given.fy(), given.cx(), given.cy(), given.distortion());
        var camera = checks.intrinsics(intrinsics, size[0], size[1], pointer);
        double[] rotation = rotation(given, pointer);
        double[] translation = given.translation();
        if (translation == null || !isPoint(translation)) {
            checks.complain(
                    pointer + "/translation",
                    "The translation must be three numbers of metres, each within %.0f."
                            .formatted(FitRequestReader.MAX_COORDINATE));
        }
        return checks.complaints() > before || camera.isEmpty()
                ? Optional.empty()
                : Optional.of(new CalibratedCamera(
                        Objects.requireNonNull(id),
                        size[0],
                        size[1],
                        camera.get(),
                        rotation,
                        Objects.requireNonNull(translation)));
    }

    private double[] rotation(MultiViewFitRequest.CameraInWorld given, String pointer) {
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        if ((given.rotation() == null) == (given.rotationVector() == null)) {
            checks.complain(pointer + "/rotation", "Give either rotation or rotationVector.");
            return identity;
        }
        double[] vector = given.rotationVector();
        if (vector != null) {
            if (!isPoint(vector)) {
                checks.complain(
                        pointer + "/rotationVector",
                        "The rotationVector must be three numbers: the axis times the angle in radians.");
                return identity;
            }
            return CalibratedCamera.rotation(vector);
        }
        double[] matrix = flat(given.rotation());
        if (!CalibratedCamera.isRotation(matrix)) {
            checks.complain(
                    pointer + "/rotation",
                    "The rotation must be a 3 x 3 rotation matrix, orthonormal and of determinant 1. Maybe it is scaled, mirrored or has few digits.");
            return identity;
        }
        return matrix;
    }

    /** The nine numbers of a matrix by rows; none where it has another shape. */
    private static double[] flat(double @Nullable [] @Nullable [] rows) {
        double[] matrix = new double[9];
        if (rows == null || rows.length != 3) {
            return new double[0];
        }
        for (int i = 0; i < 3; i++) {
            double[] row = rows[i];
            if (row == null || row.length != 3) {
                return new double[0];
            }
            System.arraycopy(row, 0, matrix, 3 * i, 3);
        }
        return matrix;
    }

    private static boolean isPoint(double[] numbers) {
        return numbers.length == 3
                && Math.abs(numbers[0]) <= FitRequestReader.MAX_COORDINATE
                && Math.abs(numbers[1]) <= FitRequestReader.MAX_COORDINATE
                && Math.abs(numbers[2]) <= FitRequestReader.MAX_COORDINATE;
    }

    private List<MultiViewPayload.Person> people(
            @Nullable List<MultiViewFitRequest.@Nullable PersonInViews> given, Optional<KeypointLayout> layout) {
        List<MultiViewPayload.Person> people = new ArrayList<>();
        if (given == null || given.isEmpty()) {
            checks.complain("/people", "There is nobody to fit: people is empty.");
        } else if (given.size() > maxPeople) {
            checks.complain("/people", FitRequestReader.tooMany(given.size(), maxPeople));
        } else if (layout.isPresent()) {
            for (int i = 0; i < given.size(); i++) {
                people.add(person(given.get(i), layout.get(), "/people/" + i));
            }
        }
        return people;
    }

    private MultiViewPayload.Person person(
            MultiViewFitRequest.@Nullable PersonInViews given, KeypointLayout layout, String pointer) {
        List<MultiViewPayload.View> views = new ArrayList<>();
        if (given == null || given.views() == null || given.views().isEmpty()) {
            checks.complain(pointer + "/views", "A person has at least one view.");
            return new MultiViewPayload.Person(null, views);
        }
        if (given.id() != null && given.id().length() > FitRequestReader.MAX_ID) {
            checks.complain(pointer + "/id", "The id has more than %d characters.".formatted(FitRequestReader.MAX_ID));
        }
        Set<String> seen = new HashSet<>();
        for (int v = 0; v < given.views().size(); v++) {
            view(given.views().get(v), layout, pointer + "/views/" + v, seen).ifPresent(views::add);
        }
        return new MultiViewPayload.Person(given.id(), views);
    }

    private Optional<MultiViewPayload.View> view(
            MultiViewFitRequest.@Nullable KeypointsInView view,
            KeypointLayout layout,
            String pointer,
            Set<String> seen) {
        if (view == null || view.camera() == null) {
            checks.complain(pointer + "/camera", "A view names its camera.");
            return Optional.empty();
        }
        Integer camera = cameras.get(view.camera());
        if (camera == null) {
            checks.complain(pointer + "/camera", "There is no camera with the id (%s).".formatted(view.camera()));
            return Optional.empty();
        }
        if (!seen.add(view.camera())) {
            checks.complain(pointer + "/camera", "The camera (%s) sees this person twice.".formatted(view.camera()));
        }
        return Optional.of(new MultiViewPayload.View(camera, checks.keypoints(view.keypoints(), layout, pointer)));
    }
}

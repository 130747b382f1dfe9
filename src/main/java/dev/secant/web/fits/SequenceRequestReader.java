package dev.secant.web.fits;

import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceProblem;
import dev.secant.fit.sequence.SequenceWeights;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.jobs.fit.SequencePayload;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks a request to fit a sequence, in full, and makes the job's payload of it. What it shares with a fit is read as one. */
final class SequenceRequestReader {

    private static final double MAX_RATE = 1000;
    private static final double MAX_SMOOTHNESS = 100;

    private final int maxFrames;
    private final List<RequestError> errors = new ArrayList<>();

    private SequenceRequestReader(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    /**
     * Reads a request.
     *
     * @throws ProblemException if anything is wrong with it
     */
    static SequencePayload read(SequenceRequest request, int maxFrames) {
        return new SequenceRequestReader(maxFrames).read(request);
    }

    private SequencePayload read(SequenceRequest request) {
        double rate = within(request.frameRate(), "/frameRate", "frameRate", 0, MAX_RATE);
        double smoothness = request.smoothness() == null
                ? 1
                : within(request.smoothness(), "/smoothness", "smoothness", 1 / MAX_SMOOTHNESS, MAX_SMOOTHNESS);
        List<Integer> places = places(request.frames());
        if (errors.isEmpty() || !places.isEmpty()) {
            return payload(request, places, rate, smoothness);
        }
        throw ProblemException.invalid(errors);
    }

    /** The frames that have keypoints. */
    private List<Integer> places(@Nullable List<SequenceRequest.@Nullable Frame> frames) {
        List<Integer> places = new ArrayList<>();
        if (frames == null || frames.isEmpty()) {
            errors.add(RequestError.at("/frames", "There is nothing to fit: frames is empty."));
        } else if (frames.size() > maxFrames) {
            errors.add(RequestError.at(
                    "/frames",
                    "There are %d frames, but at most %d fit in one sequence. Maybe send the others as another."
                            .formatted(frames.size(), maxFrames)));
        } else {
            for (int t = 0; t < frames.size(); t++) {
                SequenceRequest.Frame frame = frames.get(t);
                if (frame == null) {
                    errors.add(RequestError.at(
                            "/frames/" + t, "A frame is an object; one without the person has keypoints null."));
                    break;
                }
                if (frame.keypoints() != null) {
                    places.add(t);
                }
            }
            if (places.isEmpty() && errors.isEmpty()) {
                errors.add(RequestError.at("/frames", "No frame has keypoints."));
            }
        }
        return places;
    }

    private SequencePayload payload(SequenceRequest request, List<Integer> places, double rate, double smoothness) {
        List<SequenceRequest.@Nullable Frame> frames = request.frames() == null ? List.of() : request.frames();
        List<FitRequest.@Nullable Person> people = new ArrayList<>();
        for (int place : places) {
            SequenceRequest.Frame frame = frames.get(place);
            people.add(new FitRequest.Person(null, frame == null ? null : frame.keypoints()));
        }
        Integer steps = request.steps() == null ? (Integer) SequenceFitter.Settings.DEFAULT_STEPS : request.steps();
        FitPayload read = null;
        try {
            read = FitRequestReader.read(
                    new FitRequest(
                            request.layout(),
                            request.image(),
                            request.focal(),
                            null,
                            request.camera(),
                            people,
                            steps,
                            false),
                    maxFrames);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.NO_VISIBLE_KEYPOINT) {
                throw new ProblemException(e.type(), "No frame has a keypoint with a confidence above 0.");
            }
            e.errors().forEach(error -> errors.add(0, moved(error, places)));
        }
        if (read == null || !errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        List<double @Nullable []> keypoints = new ArrayList<>();
        for (int t = 0; t < frames.size(); t++) {
            keypoints.add(null);
        }
        for (int i = 0; i < places.size(); i++) {
            keypoints.set(places.get(i), read.people().get(i).problem().keypoints());
        }
        SequenceWeights weights = SequenceWeights.DEFAULT.times(smoothness);
        FitPayload.Person first = read.people().get(0);
        return new SequencePayload(
                new SequenceFitter.Settings(read.settings().steps(), weights),
                new SequenceProblem(first.problem().layout(), first.problem().camera(), rate, keypoints));
    }

    /** The same error, a person being a frame. */
    private static RequestError moved(RequestError error, List<Integer> places) {
        String pointer = error.pointer();
        String[] parts = pointer == null ? new String[0] : pointer.split("/", 4);
        if (parts.length < 3 || !parts[1].equals("people")) {
            return error;
        }
        String rest = parts.length > 3 ? "/" + parts[3] : "";
        return RequestError.at("/frames/" + places.get(Integer.parseInt(parts[2])) + rest, error.detail());
    }

    private double within(@Nullable Double value, String pointer, String name, double least, double most) {
        if (value == null) {
            errors.add(RequestError.at(pointer, "The %s is missing.".formatted(name)));
        } else if (!(value > 0 && value >= least && value <= most)) {
            errors.add(RequestError.at(
                    pointer,
                    String.format(
                            Locale.ROOT,
                            "The %s (%s) must be %s and at most %.0f.",
                            name,
                            value,
                            least > 0 ? "at least " + least : "above 0",
                            most)));
        } else {
            return value;
        }
        return 1;
    }
}

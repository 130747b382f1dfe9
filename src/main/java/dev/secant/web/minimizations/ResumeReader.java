package dev.secant.web.minimizations;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.request.RequestReader;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import dev.secant.web.security.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a request that resumes a job into one that stands for itself: the objective of the job, and its best points as starts. A start
 * without a result, or whose result is not finite, begins again where it began.
 */
@Component
final class ResumeReader {

    /** Starts become part of the stored request, as text. */
    private static final long MAX_NUMBERS = 1_000_000;

    private static final String POINTER = "/resume/job";

    private final Jobs jobs;
    private final RequestReader reader;
    private final JsonMapper json;

    ResumeReader(Jobs jobs, RequestReader reader, JsonMapper json) {
        this.jobs = jobs;
        this.reader = reader;
        this.json = json;
    }

    /**
     * The request itself, if it resumes nothing.
     *
     * @throws ProblemException 422 if the job cannot be resumed or the request has what the job determines; 409 if the job has not ended; 410
     *     if its results have expired
     */
    MinimizationRequest read(MinimizationRequest request) {
        if (request.resume() == null) {
            return request;
        }
        requireNoObjective(request);
        Job job = job(request.resume().job());
        String stored = jobs.store()
                .payload(job.id())
                .orElseThrow(() -> invalid("The job (%s) was deleted.".formatted(job.id())));
        MinimizationRequest earlier = MinimizationPayload.read(json, stored).request();
        return new MinimizationRequest(
                earlier.objective(),
                earlier.expression(),
                earlier.dimension(),
                earlier.parameters(),
                starts(job, earlier),
                null,
                earlier.bounds(),
                otherwise(request.solver(), earlier.solver()),
                otherwise(request.solverOptions(), earlier.solverOptions()),
                otherwise(request.stop(), earlier.stop()),
                otherwise(request.compareWith(), earlier.compareWith()),
                otherwise(request.trajectory(), earlier.trajectory()),
                otherwise(request.certificate(), earlier.certificate()),
                otherwise(request.precision(), earlier.precision()),
                request.resume());
    }

    private static <T> @Nullable T otherwise(@Nullable T given, @Nullable T earlier) {
        return given == null ? earlier : given;
    }

    private static void requireNoObjective(MinimizationRequest request) {
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        fixed.put("objective", request.objective());
        fixed.put("expression", request.expression());
        fixed.put("dimension", request.dimension());
        fixed.put("parameters", request.parameters());
        fixed.put("starts", request.starts());
        fixed.put("sampling", request.sampling());
        fixed.put("bounds", request.bounds());
        List<RequestError> errors = fixed.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> RequestError.at(
                        "/" + field.getKey(),
                        "The field %s is taken from the resumed job and must be left out.".formatted(field.getKey())))
                .toList();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private Job job(@Nullable String id) {
        Caller caller = Caller.current();
        Job job = uuid(id).flatMap(jobs.store()::find)
                .filter(found -> caller.sees(found.owner()))
                .orElseThrow(() -> invalid("There is no job with the id (%s).".formatted(id)));
        if (job.kind() != JobKind.MINIMIZATION) {
            throw invalid("The job (%s) is a %s job; only MINIMIZATION jobs can be resumed.".formatted(id, job.kind()));
        }
        if (job.state() == JobState.EXPIRED) {
            throw new ProblemException(ProblemType.RESULT_EXPIRED, ProblemType.RESULT_EXPIRED.description());
        }
        if (!job.state().ended()) {
            throw new ProblemException(
                    ProblemType.JOB_NOT_ENDED,
                    "The job (%s) is %s. Maybe cancel it first: its best points are kept.".formatted(id, job.state()));
        }
        return job;
    }

    private static Optional<UUID> uuid(@Nullable String id) {
        try {
            return Optional.ofNullable(id).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<@Nullable List<@Nullable Double>> starts(Job job, MinimizationRequest earlier) {
        MinimizationPlan plan = MinimizationsController.read(reader, earlier);
        double[][] original = plan.starts();
        if ((long) original.length * original[0].length > MAX_NUMBERS) {
            throw invalid("The job (%s) has %d starts of %d variables; jobs of up to %d numbers can be resumed."
                    .formatted(job.id(), original.length, original[0].length, MAX_NUMBERS));
        }
        List<@Nullable List<@Nullable Double>> starts = new ArrayList<>();
        for (double[] start : original) {
            starts.add(new ArrayList<>(Arrays.stream(start).boxed().toList()));
        }
        for (int item = 0; item < original.length; item++) {
            List<@Nullable Double> best = jobs.store()
                    .result(job.id(), item)
                    .map(ItemResult::result)
                    .map(result ->
                            json.readValue(result, MinimizationItem.class).x())
                    .orElse(null);
            if (best != null && best.stream().allMatch(x -> x != null && Double.isFinite(x))) {
                starts.set(item, best);
            }
        }
        return starts;
    }

    private static ProblemException invalid(String detail) {
        return ProblemException.invalid(List.of(RequestError.at(POINTER, detail)));
    }
}

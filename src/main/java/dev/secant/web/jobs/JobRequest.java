package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.jobs.MinimizationPayload;
import dev.secant.jobs.fit.FitPayload;
import dev.secant.jobs.fit.MultiViewPayload;
import dev.secant.jobs.fit.SequencePayload;
import dev.secant.jobs.store.JobKind;
import dev.secant.minimize.MinimizationRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job was asked, as the service understood it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobKind kind,
        @Schema(description = "FIT jobs: the people and the settings") @Nullable Fit fit,
        @Schema(description = "MULTI_VIEW_FIT jobs: the cameras, the people and the settings") @Nullable
                RequestedViews multiViewFit,
        @Schema(description = "SEQUENCE jobs: the camera, the frames and the settings") @Nullable
                RequestedSequence sequence,
        @Schema(description = "MINIMIZATION jobs: a request that can be posted to /v1/minimizations as it is") @Nullable
                MinimizationRequest minimization) {

    /** A request to fit bodies. */
    @Schema(name = "RequestedFit")
    public record Fit(
            @Schema(description = "Number of optimizer steps") int steps,
            @Schema(description = "Whether the iterates are recorded") boolean trajectory,
            @Schema(description = "The people, in the order of the items") List<Person> people) {}

    /** A person to fit. */
    @Schema(name = "RequestedPerson")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Person(
            @Schema(description = "The id given in the request") @Nullable String id,
            @Schema(description = "Keypoint layout; see GET /v1/keypoint-layouts") String layout,
            @Schema(description = "x and y in pixels and confidence of each keypoint of the layout, K x 3")
                    double[][] keypoints,
            @Schema(description = "The camera, given or assumed") FittedPerson.Camera camera) {}

    static JobRequest of(FitPayload payload) {
        return new JobRequest(
                JobKind.FIT,
                new Fit(
                        payload.settings().steps(),
                        payload.settings().trajectory(),
                        payload.people().stream().map(JobRequest::person).toList()),
                null,
                null,
                null);
    }

    static JobRequest of(MultiViewPayload payload) {
        return new JobRequest(JobKind.MULTI_VIEW_FIT, null, RequestedViews.of(payload), null, null);
    }

    static JobRequest of(SequencePayload payload) {
        return new JobRequest(JobKind.SEQUENCE, null, null, RequestedSequence.of(payload), null);
    }

    static JobRequest of(MinimizationPayload payload) {
        return new JobRequest(JobKind.MINIMIZATION, null, null, null, payload.request());
    }

    private static Person person(FitPayload.Person person) {
        return new Person(
                person.id(),
                person.problem().layout().id(),
                RequestedViews.rows(person.problem().keypoints()),
                FittedPerson.Camera.of(person.problem().camera()));
    }
}

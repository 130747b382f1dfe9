package dev.secant.web.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.fit.Camera;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.jobs.fit.SequenceOutcome;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a sequence: one shape, and a pose and a translation for each frame. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SequenceResult(
        @ArraySchema(arraySchema = @Schema(description = "Shape coefficients of all frames, 10")) float[] betas,
        @Schema(description = "The camera that was used") FittedPerson.Camera camera,
        @Schema(description = "Frames per second") double frameRate,
        @Schema(description = "Number of frames in which a keypoint was detected") int observed,
        @Schema(description = "The frames, in the order of the request") List<Frame> frames,
        @Schema(description = "Quality of the fit") Quality quality,
        @Schema(description = "Weights, body model and optimizer that were used") FittedPerson.Provenance provenance) {

    /** A frame. */
    @Schema(name = "SequenceFrame")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Frame(
            @Schema(
                            description =
                                    "Axis-angle rotation of each joint relative to its parent, radians, 24 x 3; the first"
                                            + " rotates body space to camera space")
                    float[][] pose,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Translation of the posed body in camera space, metres: vertex = LBS(pose, betas) + translation"))
                    float[] translation,
            @Schema(
                            description =
                                    "Whether a keypoint was detected; if not, the pose follows from the other frames alone")
                    boolean observed,
            @Schema(description = "Whether left and right were found exchanged and were exchanged back")
                    boolean exchanged,
            @Schema(
                            description =
                                    "Mean residual of the detected keypoints relative to the size of the person; absent where none was detected")
                    @Nullable
                    Double reprojectionError) {}

    /** Quality of a sequence's fit, and what it took. */
    @Schema(name = "SequenceQuality")
    public record Quality(
            @Schema(description = "Mean over the observed frames of the residual relative to the size of the person")
                    double reprojectionError,
            @Schema(description = "Energy of the sequence at the result") double energy,
            @Schema(description = "Energy of the sequence at the smoothed initial estimates") double initialEnergy,
            @Schema(description = "Number of Gauss-Newton steps") int steps,
            @Schema(description = "False if the job was cancelled before the fit had ended") boolean completed) {}

    /** The result of a sequence, as every interface writes it: the REST API and the command line. */
    public static SequenceResult of(SequenceOutcome outcome) {
        FittedSequence sequence = outcome.sequence();
        Camera camera = sequence.camera();
        FitProvenance provenance = outcome.provenance();
        List<FittedSequence.Frame> observed = sequence.frames().stream()
                .filter(FittedSequence.Frame::observed)
                .toList();
        return new SequenceResult(
                sequence.betas(),
                FittedPerson.Camera.of(camera),
                sequence.framesPerSecond(),
                observed.size(),
                sequence.frames().stream().map(SequenceResult::frame).toList(),
                new Quality(
                        observed.stream()
                                .mapToDouble(FittedSequence.Frame::reprojectionError)
                                .average()
                                .orElse(0),
                        sequence.energy(),
                        sequence.initialEnergy(),
                        sequence.steps(),
                        sequence.completed()),
                new FittedPerson.Provenance(
                        provenance.checkpoint(),
                        provenance.weightsSha256(),
                        provenance.bodyDigest(),
                        provenance.optimizer(),
                        provenance.storage()));
    }

    private static Frame frame(FittedSequence.Frame frame) {
        return new Frame(
                FittedPerson.rows(frame.pose(), 3),
                frame.translation(),
                frame.observed(),
                frame.exchanged(),
                frame.observed() ? frame.reprojectionError() : null);
    }
}

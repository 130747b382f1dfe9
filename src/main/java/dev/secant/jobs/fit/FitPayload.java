package dev.secant.jobs.fit;

import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a FIT job is asked, as stored.
 *
 * @param settings what its people share
 * @param people one an item
 */
public record FitPayload(FitSettings settings, List<Person> people) {

    /** Why a person is skipped. */
    public static final String NOBODY = "No keypoint of this person was detected.";

    public FitPayload {
        people = List.copyOf(people);
    }

    /**
     * @param id the client's name of the person
     * @param problem what to fit
     */
    public record Person(@Nullable String id, FitProblem problem) {

        /** How many keypoints were detected. */
        public int detected() {
            double[] keypoints = problem.keypoints();
            int detected = 0;
            for (int k = 0; k < keypoints.length; k += 3) {
                if (keypoints[k + 2] > 0) {
                    detected++;
                }
            }
            return detected;
        }
    }
}

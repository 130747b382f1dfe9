package dev.secant.fit.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.fit.learned.DefaultBodyFitter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Points of an iterate are those that the fit itself reports. */
class FittedPointsTest {

    private static final BodyModel BODY = BodyModels.defaultBody();

    @ParameterizedTest
    @EnumSource(
            value = KeypointLayout.class,
            names = {"BODY_25", "COCO_17"})
    void theResultsIterateHasTheResultsPoints(KeypointLayout layout) {
        FitProblem problem = SamplePerson.WALKING.problem(BODY, layout);
        FittedBody fitted = new DefaultBodyFitter(BODY, CheckpointRegistry.bundled(), "body")
                .fit(List.of(problem), new FitSettings(4, true), item -> false)
                .get(0);
        FittedBody.Iterate result = fitted.quality().trajectory().stream()
                .filter(iterate -> iterate.energy() == fitted.quality().energy())
                .findFirst()
                .orElseThrow();

        FittedPoints.Located points = new FittedPoints(BODY).of(result, layout, problem.camera());

        assertClose(points.joints3d(), fitted.joints3d(), 1e-5f);
        assertClose(points.joints2d(), fitted.joints2d(), 0.05f);
        assertClose(points.keypoints2d(), fitted.keypoints2d(), 0.05f);
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("number %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}

package dev.secant.fit.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Camera;
import dev.secant.fit.DetectedPeople;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image turned by quarters gives the same bodies, turned. */
class UprightFitTest {

    private static final int WIDTH = 1088;
    private static final int HEIGHT = 1920;
    private static final double FOCAL = 1684;
    private static final int PEOPLE = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void turnsTheBodiesWithTheImage(int quarters) {
        List<FittedBody> upright = fit(0, FitSettings.DEFAULT_STEPS);
        List<FittedBody> turned = fit(quarters, FitSettings.DEFAULT_STEPS);
        for (int b = 0; b < PEOPLE; b++) {
            assertThat(turned.get(b).betas()).containsExactly(upright.get(b).betas(), within(1e-3f));
            float[] joints = upright.get(b).joints3d().clone();
            for (int quarter = 0; quarter < quarters; quarter++) {
                turn(joints);
            }
            assertThat(turned.get(b).joints3d()).containsExactly(joints, within(2e-3f));
            assertThat(turned.get(b).reprojectionError())
                    .isEqualTo(upright.get(b).reprojectionError(), within(1e-4));
        }
    }

    @Test
    void turnsTheIteratesToo() {
        FittedBody body = fit(1, 3).get(0);
        FittedBody.Iterate last =
                body.quality().trajectory().get(body.quality().trajectory().size() - 1);
        assertThat(last.pose()).containsExactly(body.pose(), within(1e-5f));
        assertThat(last.translation()).containsExactly(body.translation(), within(1e-5f));
    }

    private static void turn(float[] points) {
        for (int i = 0; i < points.length; i += 3) {
            float x = points[i];
            points[i] = -points[i + 1];
            points[i + 1] = x;
        }
    }

    private static List<FittedBody> fit(int quarters, int steps) {
        List<FitProblem> problems = new ArrayList<>();
        boolean lying = quarters % 2 == 1;
        Camera camera = lying ? Camera.ofFocal(FOCAL, HEIGHT, WIDTH) : Camera.ofFocal(FOCAL, WIDTH, HEIGHT);
        for (double[] keypoints : DetectedPeople.keypoints(KeypointLayout.BODY_25, PEOPLE, 3)) {
            double width = WIDTH;
            double height = HEIGHT;
            for (int quarter = 0; quarter < quarters; quarter++) {
                for (int k = 0; k < keypoints.length; k += 3) {
                    double x = keypoints[k];
                    keypoints[k] = height - keypoints[k + 1];
                    keypoints[k + 1] = x;
                }
                double swapped = width;
                width = height;
                height = swapped;
            }
            problems.add(new FitProblem(KeypointLayout.BODY_25, keypoints, camera));
        }
        return new DefaultBodyFitter(BodyModels.defaultBody(), CheckpointRegistry.bundled(), "body")
                .fit(problems, new FitSettings(steps, true), person -> false);
    }
}

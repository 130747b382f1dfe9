package dev.secant.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Distortion is OpenCV's, its removal inverts it, and what it cannot invert it says. */
class CameraTest {

    private static final Distortion BARREL = new Distortion(-0.28, 0.07, 0.001, -0.0005, 0);

    @Test
    void distortionIsTheModelOfOpenCv() {
        Distortion distortion = new Distortion(0.1, -0.05, 0.01, 0.02, 0.3);
        // By hand, with r^2 = 0.25: radial 1 + 0.025 - 0.003125 + 0.0046875.
        double radial = 1.0265625;
        assertThat(distortion.apply(0.3, 0.4))
                .containsExactly(
                        new double[] {
                            0.3 * radial + 2 * 0.01 * 0.12 + 0.02 * (0.25 + 2 * 0.09),
                            0.4 * radial + 0.01 * (0.25 + 2 * 0.16) + 2 * 0.02 * 0.12
                        },
                        within(1e-12));
    }

    @Test
    void removingInvertsDistorting() {
        for (double x = -0.9; x <= 0.9; x += 0.15) {
            for (double y = -0.6; y <= 0.6; y += 0.15) {
                double[] seen = BARREL.apply(x, y);
                assertThat(BARREL.remove(seen[0], seen[1]).orElseThrow())
                        .containsExactly(new double[] {x, y}, within(1e-7));
            }
        }
    }

    @Test
    void whatNoDirectionIsSeenAtIsNoRay() {
        Distortion strong = new Distortion(-0.3, 0, 0, 0, 0);
        double valid = strong.validRadius();
        assertThat(valid).isCloseTo(Math.sqrt(1 / 0.9), within(1e-3));
        // The largest radius that the lens shows anything at is 2/3 of that.
        assertThat(strong.remove(0.9 * 2 / 3 * valid, 0)).isPresent();
        assertThat(strong.remove(1.1 * 2 / 3 * valid, 0)).isEmpty();
        FitProblem problem =
                new FitProblem(KeypointLayout.COCO_17, keypoints(), new Camera(100, 100, 500, 500).with(strong));
        Observations observations = Observations.of(java.util.List.of(problem));
        assertThat(observations.weights()[KeypointCatalogue.slot("nose")]).isZero();
        assertThat(observations.weights()[KeypointCatalogue.slot("left_eye")]).isOne();
    }

    /** The nose far out, the left eye near the middle. */
    private static double[] keypoints() {
        double[] keypoints = new double[51];
        System.arraycopy(new double[] {900, 500, 1, 520, 490, 1}, 0, keypoints, 0, 6);
        return keypoints;
    }

    @Test
    void raysOfProjectedPointsLeadBack() {
        Camera camera = new Camera(1684, 1683, 543, 959).with(BARREL);
        float[] points = {0.4f, -0.7f, 3, -1, 0.2f, 4};
        float[] pixels = camera.pixels(points);
        for (int p = 0; p < 2; p++) {
            double[] ray = camera.ray(pixels[2 * p], pixels[2 * p + 1]).orElseThrow();
            assertThat(ray[0]).isCloseTo(points[3 * p] / points[3 * p + 2], within(1e-5));
            assertThat(ray[1]).isCloseTo(points[3 * p + 1] / points[3 * p + 2], within(1e-5));
        }
        float[] bent = camera.bent(points);
        assertThat(1684 * bent[0] / bent[2] + 543).isCloseTo(pixels[0], within(1e-2f));
    }

    @Test
    void pointsBeyondWhatTheDistortionIsValidForStayAtItsLimit() {
        Camera camera = new Camera(1000, 1000, 0, 0).with(new Distortion(-0.3, 0, 0, 0, 0));
        float[] pixels = camera.pixels(new float[] {1.2f, 0, 1, 5, 0, 1});
        assertThat(pixels[2]).isCloseTo(pixels[0], within(0.5f));
    }

    @Test
    void aFieldOfViewIsAcrossTheDiagonal() {
        Camera camera = Camera.ofFieldOfView(90, 800, 600);
        assertThat(camera.focalX()).isCloseTo(500, within(1e-9));
        assertThat(camera.source()).isEqualTo(Camera.Source.FIELD_OF_VIEW);
        double assumed = Math.toDegrees(2 * Math.atan(0.5));
        assertThat(Camera.ofFieldOfView(assumed, 800, 600).focalX())
                .isCloseTo(Camera.unknown(800, 600).focalX(), within(1e-9));
        assertThat(Camera.unknown(800, 600).source()).isEqualTo(Camera.Source.ASSUMED);
        assertThatThrownBy(() -> Camera.ofFieldOfView(180, 800, 600)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void camerasStoredBeforeDistortionAreRead() {
        Camera camera = JsonMapper.shared()
                .readValue("{\"focalX\": 10, \"focalY\": 11, \"centerX\": 1, \"centerY\": 2}", Camera.class);
        assertThat(camera).isEqualTo(new Camera(10, 11, 1, 2));
    }

    @Test
    void camerasAreStoredAndReadAgain() {
        Camera camera = Camera.ofFieldOfView(60, 800, 600).with(BARREL);
        String json = JsonMapper.shared().writeValueAsString(camera);
        assertThat(JsonMapper.shared().readValue(json, Camera.class)).isEqualTo(camera);
        assertThat(json).doesNotContain("distorts");
    }
}

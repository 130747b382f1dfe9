package dev.secant.body.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MeshRendererTest {

    private static final MeshRenderer.Camera CAMERA = new MeshRenderer.Camera(100, 100, 50, 40, 100, 80);

    private static int alpha(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >>> 24;
    }

    @Test
    void pointsLandWhereThePinholeSays() {
        // Two metres away, from the principal point 0.2 m to the right and 0.2 m down: pixels (50, 40) to (60, 50).
        float[] square = {0, 0, 2, 0.2f, 0, 2, 0.2f, 0.2f, 2, 0, 0.2f, 2};
        BufferedImage image = MeshRenderer.render(square, new int[] {0, 1, 2, 0, 2, 3}, CAMERA);
        assertThat(image.getWidth()).isEqualTo(100);
        assertThat(image.getHeight()).isEqualTo(80);
        assertThat(alpha(image, 50, 40)).isEqualTo(255);
        assertThat(alpha(image, 59, 49)).isEqualTo(255);
        assertThat(alpha(image, 49, 45)).as("left of it is see-through").isZero();
        assertThat(alpha(image, 60, 45)).isZero();
        assertThat(alpha(image, 55, 39)).isZero();
        assertThat(alpha(image, 55, 50)).isZero();
    }

    @Test
    void whatIsNearerHidesWhatIsBehindWhateverTheOrder() {
        // The near one faces the camera, the far one is slanted, so of another brightness.
        float[] vertices = {-1, -1, 3, 1, -1, 5, 0, 1, 4, -1, -1, 2, 1, -1, 2, 0, 1, 2};
        BufferedImage farFirst = MeshRenderer.render(vertices, new int[] {0, 2, 1, 3, 5, 4}, CAMERA);
        BufferedImage nearFirst = MeshRenderer.render(vertices, new int[] {3, 5, 4, 0, 2, 1}, CAMERA);
        BufferedImage nearOnly = MeshRenderer.render(vertices, new int[] {3, 5, 4}, CAMERA);
        BufferedImage farOnly = MeshRenderer.render(vertices, new int[] {0, 2, 1}, CAMERA);
        assertThat(farFirst.getRGB(50, 30)).isEqualTo(nearOnly.getRGB(50, 30));
        assertThat(nearFirst.getRGB(50, 30)).isEqualTo(nearOnly.getRGB(50, 30));
        assertThat(farOnly.getRGB(50, 30)).isNotEqualTo(nearOnly.getRGB(50, 30));
    }

    @Test
    void whatLiesBehindTheCameraIsNotDrawn() {
        float[] vertices = {-1, -1, -2, 1, -1, -2, 0, 1, -2, -1, -1, 2, 1, -1, 2, 0, 1, -1};
        BufferedImage image = MeshRenderer.render(vertices, new int[] {0, 1, 2, 3, 4, 5}, CAMERA);
        for (int y = 0; y < 80; y++) {
            for (int x = 0; x < 100; x++) {
                assertThat(alpha(image, x, y)).isZero();
            }
        }
    }
}

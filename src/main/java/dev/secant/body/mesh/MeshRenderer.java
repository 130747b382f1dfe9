package dev.secant.body.mesh;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Draws a mesh by a pinhole camera: flat software rasteriser with a depth buffer, smooth normals and two lights. Camera
 * space as in OpenCV: x right, y down, z forward, metres; image origin top left, pixels. What the mesh does not cover stays
 * transparent, so that the picture can be laid over a photograph.
 */
public final class MeshRenderer {

    private static final float NEAR = 0.05f;

    private final int width;
    private final int height;
    private final float[] depth;
    private final int[] pixels;
    private final int red;
    private final int green;
    private final int blue;

    private MeshRenderer(int width, int height, int rgb) {
        this.width = width;
        this.height = height;
        this.depth = new float[width * height];
        this.pixels = new int[width * height];
        this.red = (rgb >> 16) & 0xff;
        this.green = (rgb >> 8) & 0xff;
        this.blue = rgb & 0xff;
        Arrays.fill(depth, Float.POSITIVE_INFINITY);
    }

    /**
     * A pinhole camera without distortion.
     *
     * @param fx focal length in pixels, horizontal
     * @param fy focal length in pixels, vertical
     * @param cx principal point, pixels from the left
     * @param cy principal point, pixels from the top
     * @param width of the image, pixels
     * @param height of the image, pixels
     */
    public record Camera(double fx, double fy, double cx, double cy, int width, int height) {}

    /**
     * Renders in a skin-neutral blue-grey.
     *
     * @param vertices in camera space, {@code [V, 3]}
     * @param faces {@code [F, 3]}
     */
    public static BufferedImage render(float[] vertices, int[] faces, Camera camera) {
        return render(vertices, faces, camera, 0xa9c3dc);
    }

    /** Renders in the colour given (0xRRGGBB). */
    public static BufferedImage render(float[] vertices, int[] faces, Camera camera, int rgb) {
        MeshRenderer renderer = new MeshRenderer(camera.width(), camera.height(), rgb);
        renderer.draw(vertices, faces, camera);
        BufferedImage image = new BufferedImage(camera.width(), camera.height(), BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, camera.width(), camera.height(), renderer.pixels, 0, camera.width());
        return image;
    }

    private void draw(float[] vertices, int[] faces, Camera camera) {
        int count = vertices.length / 3;
        float[] normals = MeshNormals.of(vertices, faces);
        float[] screen = new float[3 * count];
        for (int v = 0; v < count; v++) {
            float z = vertices[3 * v + 2];
            screen[3 * v] = (float) (camera.fx() * vertices[3 * v] / z + camera.cx());
            screen[3 * v + 1] = (float) (camera.fy() * vertices[3 * v + 1] / z + camera.cy());
            screen[3 * v + 2] = z;
        }
        for (int f = 0; f < faces.length; f += 3) {
            drawTriangle(screen, normals, 3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]);
        }
    }

    private void drawTriangle(float[] screen, float[] normals, int a, int b, int c) {
        if (screen[a + 2] < NEAR || screen[b + 2] < NEAR || screen[c + 2] < NEAR) {
            return;
        }
        float ax = screen[a];
        float ay = screen[a + 1];
        float bx = screen[b];
        float by = screen[b + 1];
        float cx = screen[c];
        float cy = screen[c + 1];
        float area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        if (area == 0) {
            return;
        }
        int left = Math.max(0, (int) Math.floor(Math.min(ax, Math.min(bx, cx))));
        int right = Math.min(width - 1, (int) Math.ceil(Math.max(ax, Math.max(bx, cx))));
        int top = Math.max(0, (int) Math.floor(Math.min(ay, Math.min(by, cy))));
        int bottom = Math.min(height - 1, (int) Math.ceil(Math.max(ay, Math.max(by, cy))));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                float px = x + 0.5f;
                float py = y + 0.5f;
                float wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
                float wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
                float wa = 1 - wb - wc;
                if (wa < 0 || wb < 0 || wc < 0) {
                    continue;
                }
                // Depth is linear in the image as its inverse.
                float z = 1 / (wa / screen[a + 2] + wb / screen[b + 2] + wc / screen[c + 2]);
                if (z < depth[y * width + x]) {
                    depth[y * width + x] = z;
                    pixels[y * width + x] = shade(
                            wa * normals[a] + wb * normals[b] + wc * normals[c],
                            wa * normals[a + 1] + wb * normals[b + 1] + wc * normals[c + 1],
                            wa * normals[a + 2] + wb * normals[b + 2] + wc * normals[c + 2]);
                }
            }
        }
    }

    /** A key light from the upper left before the body, a weak fill from the right. */
    private int shade(float nx, float ny, float nz) {
        float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-12f;
        float key = Math.max(0, (-0.45f * nx - 0.60f * ny - 0.66f * nz) / length);
        float fill = Math.max(0, (0.80f * nx - 0.10f * ny - 0.59f * nz) / length);
        float light = Math.min(1, 0.22f + 0.68f * key + 0.22f * fill);
        return 0xff000000
                | (Math.round(red * light) << 16)
                | (Math.round(green * light) << 8)
                | Math.round(blue * light);
    }
}

package dev.secant.fit.output;

import dev.secant.body.mesh.MeshRenderer;
import dev.secant.fit.Camera;
import dev.secant.fit.FittedBody;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of fitted bodies as the camera sees them, over the photograph if there is one, and as they are seen from the side, the
 * camera being to the left. The observed keypoints are red, each joined to the body's own, which is blue. The longer side of the
 * camera's part has 800 to 2,000 pixels. For one thread.
 */
public final class FitOverlay {

    private static final int LEAST_PIXELS = 800;
    private static final int MOST_PIXELS = 2000;
    private static final Color PAPER = new Color(0xf4f4f4);
    private static final Color SIDE_PAPER = new Color(0xe8e8e8);
    private static final float OVER_PHOTO = 0.8f;

    /** Of the side view's width, to its left and right. */
    private static final double MARGIN = 0.1;

    private final double width;
    private final double height;
    private final double scale;
    private final @Nullable BufferedImage photo;
    private final List<Person> people = new ArrayList<>();

    private record Person(float[] vertices, int[] faces, FittedBody fitted, double[] keypoints) {

        double centre(int axis) {
            double sum = 0;
            for (int i = axis; i < vertices.length; i += 3) {
                sum += vertices[i];
            }
            return 3 * sum / vertices.length;
        }
    }

    /**
     * A picture with nobody in it yet.
     *
     * @param width of the camera's image, pixels
     * @param height of the camera's image, pixels
     * @param photo what the camera saw, at any resolution; null for plain paper
     */
    public FitOverlay(double width, double height, @Nullable BufferedImage photo) {
        double longer = Math.max(width, height);
        this.width = width;
        this.height = height;
        this.scale = Math.max(LEAST_PIXELS, Math.min(MOST_PIXELS, longer)) / longer;
        this.photo = photo;
    }

    /**
     * Adds a person.
     *
     * @param vertices in camera space, metres, {@code [V, 3]}
     * @param faces {@code [F, 3]}
     * @param keypoints observed, x, y in pixels and confidence, {@code [K, 3]}
     */
    public void add(float[] vertices, int[] faces, FittedBody fitted, double[] keypoints) {
        people.add(new Person(vertices, faces, fitted, keypoints));
    }

    /** The picture: the camera's view, and the side's to its right if there is anybody. */
    public BufferedImage image() {
        people.sort(Comparator.comparingDouble(person -> -person.centre(2)));
        BufferedImage front = front();
        if (people.isEmpty()) {
            return front;
        }
        BufferedImage side = side(front.getHeight());
        BufferedImage both =
                new BufferedImage(front.getWidth() + side.getWidth(), front.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(front, 0, 0, null);
        graphics.drawImage(side, front.getWidth(), 0, null);
        graphics.dispose();
        return both;
    }

    private BufferedImage front() {
        BufferedImage image = new BufferedImage(
                Math.max(1, (int) Math.round(width * scale)),
                Math.max(1, (int) Math.round(height * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image, PAPER);
        if (photo != null) {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(photo, 0, 0, image.getWidth(), image.getHeight(), null);
            graphics.setComposite(AlphaComposite.SrcOver.derive(OVER_PHOTO));
        }
        for (Person person : people) {
            Camera camera = person.fitted.camera();
            graphics.drawImage(
                    render(
                            person,
                            camera.bent(person.vertices),
                            new MeshRenderer.Camera(
                                    scale * camera.focalX(),
                                    scale * camera.focalY(),
                                    scale * camera.centerX(),
                                    scale * camera.centerY(),
                                    image.getWidth(),
                                    image.getHeight())),
                    0,
                    0,
                    null);
        }
        graphics.setComposite(AlphaComposite.SrcOver);
        for (Person person : people) {
            drawKeypoints(person, graphics, 0.004 * Math.max(image.getWidth(), image.getHeight()));
        }
        graphics.dispose();
        return image;
    }

    private static Graphics2D graphics(BufferedImage image, Color paper) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(paper);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        return graphics;
    }

    private BufferedImage render(Person person, float[] vertices, MeshRenderer.Camera camera) {
        return MeshRenderer.render(vertices, person.faces, camera);
    }

    private void drawKeypoints(Person person, Graphics2D graphics, double radius) {
        graphics.setStroke(new BasicStroke((float) (radius / 2)));
        FittedBody fitted = person.fitted;
        for (int k = 0; k < fitted.residuals().length; k++) {
            if (Float.isNaN(fitted.residuals()[k])) {
                continue;
            }
            double x = scale * person.keypoints[3 * k];
            double y = scale * person.keypoints[3 * k + 1];
            double modelX = scale * fitted.keypoints2d()[2 * k];
            double modelY = scale * fitted.keypoints2d()[2 * k + 1];
            graphics.setColor(Color.BLUE);
            graphics.draw(new Line2D.Double(x, y, modelX, modelY));
            graphics.fill(new Ellipse2D.Double(modelX - radius, modelY - radius, 2 * radius, 2 * radius));
            graphics.setColor(Color.RED);
            graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
    }

    /** Everybody turned by a quarter about the vertical axis through their middle, at the distance they have. */
    private BufferedImage side(int pixels) {
        double x = people.stream()
                .mapToDouble(person -> person.centre(0))
                .average()
                .orElse(0);
        double z = people.stream()
                .mapToDouble(person -> person.centre(2))
                .average()
                .orElse(0);
        Camera camera = people.get(0).fitted.camera();
        List<float[]> turned =
                people.stream().map(person -> turned(person.vertices, x, z)).toList();
        double extent = 0;
        for (float[] vertices : turned) {
            for (int i = 0; i < vertices.length; i += 3) {
                extent = Math.max(
                        extent, Math.abs(scale * camera.focalX() * vertices[i] / Math.max(vertices[i + 2], 0.1)));
            }
        }
        int across = (int) Math.round(Math.max(0.3 * pixels, Math.min(pixels, 2 * (1 + MARGIN) * extent)));
        BufferedImage image = new BufferedImage(across, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image, SIDE_PAPER);
        for (int i = 0; i < turned.size(); i++) {
            MeshRenderer.Camera view = new MeshRenderer.Camera(
                    scale * camera.focalX(),
                    scale * camera.focalY(),
                    across / 2.0,
                    scale * camera.centerY(),
                    across,
                    pixels);
            graphics.drawImage(render(people.get(i), turned.get(i), view), 0, 0, null);
        }
        graphics.dispose();
        return image;
    }

    private static float[] turned(float[] vertices, double x, double z) {
        float[] turned = new float[vertices.length];
        for (int i = 0; i < vertices.length; i += 3) {
            turned[i] = (float) (vertices[i + 2] - z);
            turned[i + 1] = vertices[i + 1];
            turned[i + 2] = (float) (z - (vertices[i] - x));
        }
        return turned;
    }
}

package dev.secant.cli;

import dev.secant.body.mesh.MeshRenderer;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FittedBody;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;

/** A picture of fitted bodies from the camera, the observed keypoints drawn over them: red, joined to the model's, blue. */
final class FitOverlayImage {

    private static final int LEAST_PIXELS = 800;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final double scale;

    FitOverlayImage(int width, int height) {
        scale = Math.max(1, (double) LEAST_PIXELS / Math.max(width, height));
        image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0xf4f4f4));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    void draw(float[] vertices, int[] faces, FittedBody fitted, FitProblem problem) {
        MeshRenderer.Camera camera = new MeshRenderer.Camera(
                scale * fitted.camera().focalX(),
                scale * fitted.camera().focalY(),
                scale * fitted.camera().centerX(),
                scale * fitted.camera().centerY(),
                image.getWidth(),
                image.getHeight());
        graphics.drawImage(MeshRenderer.render(fitted.camera().bent(vertices), faces, camera), 0, 0, null);
        double radius = 0.004 * Math.max(image.getWidth(), image.getHeight());
        graphics.setStroke(new BasicStroke((float) (radius / 2)));
        for (int k = 0; k < fitted.residuals().length; k++) {
            if (!Float.isNaN(fitted.residuals()[k])) {
                double x = scale * problem.keypoints()[3 * k];
                double y = scale * problem.keypoints()[3 * k + 1];
                double modelX = scale * fitted.keypoints2d()[2 * k];
                double modelY = scale * fitted.keypoints2d()[2 * k + 1];
                graphics.setColor(Color.BLUE);
                graphics.draw(new Line2D.Double(x, y, modelX, modelY));
                graphics.fill(new Ellipse2D.Double(modelX - radius, modelY - radius, 2 * radius, 2 * radius));
                graphics.setColor(Color.RED);
                graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
            }
        }
    }

    BufferedImage image() {
        return image;
    }
}

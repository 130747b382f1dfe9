package dev.secant.cli.sequence;

import dev.secant.body.BodyModel;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.mesh.MeshRenderer;
import dev.secant.fit.Camera;
import dev.secant.fit.sequence.FittedSequence;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of some frames of a sequence, evenly spread: above from the camera with the observed keypoints in red, below from the side
 * (the camera to the left). A frame in which nobody was seen has a grey body.
 */
final class ContactSheet {

    private static final int COLUMNS = 8;
    private static final int CELL = 260;
    private static final int SEEN = 0xa9c3dc;
    private static final int UNSEEN = 0xb8b8b8;

    private final BodyModel body;
    private final MeshPoser poser;

    ContactSheet(BodyModel body) {
        this.body = body;
        this.poser = new MeshPoser(body);
    }

    /**
     * Draws.
     *
     * @param observed x, y in pixels and confidence of each frame's keypoints, {@code [K, 3]}
     */
    BufferedImage draw(FittedSequence sequence, List<double @Nullable []> observed) {
        int count = Math.min(COLUMNS, sequence.frames().size());
        BufferedImage sheet = new BufferedImage(count * CELL, 2 * CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0xf4f4f4));
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < count; i++) {
            int t = count == 1 ? 0 : i * (sequence.frames().size() - 1) / (count - 1);
            FittedSequence.Frame frame = sequence.frames().get(t);
            float[] vertices = poser.vertices(sequence.betas(), frame.pose(), frame.translation());
            int colour = frame.observed() ? SEEN : UNSEEN;
            graphics.translate(i * CELL, 0);
            overlay(graphics, vertices, sequence.camera(), observed.get(t), colour);
            graphics.drawImage(side(vertices, colour), 0, CELL, null);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString("frame " + t, 6, 14);
            graphics.translate(-i * CELL, 0);
        }
        graphics.dispose();
        return sheet;
    }

    private void overlay(
            Graphics2D graphics, float[] vertices, Camera camera, double @Nullable [] observed, int colour) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int v = 0; v < vertices.length; v += 3) {
            double z = Math.max(vertices[v + 2], 0.1);
            widen(
                    box,
                    camera.focalX() * vertices[v] / z + camera.centerX(),
                    camera.focalY() * vertices[v + 1] / z + camera.centerY());
        }
        double scale = 0.9 * CELL / Math.max(box[2] - box[0], box[3] - box[1]);
        double left = CELL / 2.0 - scale * (box[0] + box[2]) / 2;
        double top = CELL / 2.0 - scale * (box[1] + box[3]) / 2;
        graphics.drawImage(
                MeshRenderer.render(
                        vertices,
                        body.faces(),
                        new MeshRenderer.Camera(
                                scale * camera.focalX(),
                                scale * camera.focalY(),
                                scale * camera.centerX() + left,
                                scale * camera.centerY() + top,
                                CELL,
                                CELL),
                        colour),
                0,
                0,
                null);
        graphics.setColor(Color.RED);
        for (int k = 0; observed != null && k < observed.length; k += 3) {
            if (observed[k + 2] > 0) {
                graphics.fill(
                        new Ellipse2D.Double(scale * observed[k] + left - 2, scale * observed[k + 1] + top - 2, 4, 4));
            }
        }
    }

    private static void widen(double[] box, double x, double y) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
    }

    /** From the body's left or right, whichever way it faces: depth runs to the right. */
    private BufferedImage side(float[] vertices, int colour) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        double middle = 0;
        for (int v = 0; v < vertices.length; v += 3) {
            widen(box, vertices[v + 2], vertices[v + 1]);
            middle += 3.0 * vertices[v] / vertices.length;
        }
        double span = Math.max(box[2] - box[0], box[3] - box[1]);
        double distance = 4 * span;
        float[] turned = new float[vertices.length];
        for (int v = 0; v < vertices.length; v += 3) {
            turned[v] = (float) (vertices[v + 2] - (box[0] + box[2]) / 2);
            turned[v + 1] = (float) (vertices[v + 1] - (box[1] + box[3]) / 2);
            turned[v + 2] = (float) (distance - (vertices[v] - middle));
        }
        double focal = 0.85 * CELL * distance / span;
        return MeshRenderer.render(
                turned,
                body.faces(),
                new MeshRenderer.Camera(focal, focal, CELL / 2.0, CELL / 2.0, CELL, CELL),
                colour);
    }
}

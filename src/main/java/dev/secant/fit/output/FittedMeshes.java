package dev.secant.fit.output;

import dev.secant.body.BodyModel;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.mesh.Mesh;
import dev.secant.body.mesh.RiggedGlbWriter;
import dev.secant.fit.FittedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fitted bodies as viewers and modellers show them: camera space (x right, y down, z forward) turned half about x, so that y points up
 * and the camera at the origin looks along -z, as glTF has it.
 *
 * <p>Safe for many threads.
 */
public final class FittedMeshes {

    /** Of an animation over a fit's iterates: slow enough to see the first steps, which move most. */
    private static final double ITERATES_PER_SECOND = 5;

    private final BodyModel body;
    private final MeshPoser poser;

    /** Of bodies of a model. */
    public FittedMeshes(BodyModel body) {
        this.body = body;
        this.poser = new MeshPoser(body);
    }

    /**
     * The surface as it is posed.
     *
     * @param name of the mesh
     */
    public Mesh posed(String name, FittedBody fitted) {
        return posed(name, fitted.betas(), fitted.pose(), fitted.translation());
    }

    /**
     * The surface in a shape and a pose.
     *
     * @param name of the mesh
     * @param betas {@code [10]}
     * @param pose axis-angle by joint, {@code [24, 3]}
     * @param translation in camera space, metres, {@code [3]}
     */
    public Mesh posed(String name, float[] betas, float[] pose, float[] translation) {
        float[] vertices = poser.vertices(betas, pose, translation);
        for (int i = 0; i < vertices.length; i += 3) {
            vertices[i + 1] = -vertices[i + 1];
            vertices[i + 2] = -vertices[i + 2];
        }
        return new Mesh(name, vertices, body.faces());
    }

    /**
     * Streams glTF 2.0 binary with the body's skeleton and skin, in the fitted pose, animated over the iterates that were kept; leaves
     * the stream open. All frames have the fitted shape, and none has pose directions (see {@link RiggedGlbWriter}).
     *
     * @param name of the animation
     * @param trajectory the iterates, the start first; empty for none
     */
    public void writeRigged(String name, FittedBody fitted, List<FittedBody.Iterate> trajectory, OutputStream out)
            throws IOException {
        List<Frame> frames = new ArrayList<>();
        trajectory.forEach(iterate -> frames.add(new Frame(iterate.pose(), iterate.translation())));
        // The last iterate, unless an earlier one was better.
        if (frames.isEmpty() || !frames.get(frames.size() - 1).shows(fitted)) {
            frames.add(new Frame(fitted.pose(), fitted.translation()));
        }
        int width = fitted.pose().length;
        float[] poses = new float[frames.size() * width];
        float[] translations = new float[3 * frames.size()];
        for (int t = 0; t < frames.size(); t++) {
            System.arraycopy(frames.get(t).pose(), 0, poses, t * width, width);
            System.arraycopy(frames.get(t).translation(), 0, translations, 3 * t, 3);
        }
        float[] pelvis = poser.restJoints(fitted.betas());
        RiggedGlbWriter.write(
                body, fitted.betas(), CameraMotion.of(name, poses, translations, pelvis, ITERATES_PER_SECOND), out);
    }

    /**
     * One moment of an animation.
     *
     * @param pose axis-angle by joint, {@code [24, 3]}
     * @param translation metres, {@code [3]}
     */
    private record Frame(float[] pose, float[] translation) {

        boolean shows(FittedBody fitted) {
            return Arrays.equals(pose, fitted.pose()) && Arrays.equals(translation, fitted.translation());
        }
    }
}

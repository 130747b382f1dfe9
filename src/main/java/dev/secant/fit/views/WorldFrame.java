package dev.secant.fit.views;

import dev.secant.body.Skeleton;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Camera;
import dev.secant.fit.FittedBody;
import dev.secant.fit.Reprojection;
import java.util.List;
import java.util.Locale;

/** Takes bodies from the world of calibrated cameras to the camera space of one of them, and to a level one, where they stand upright. */
public final class WorldFrame {

    /** The direction of the world that points up. */
    public enum Up {
        POSITIVE_X(0, -1, 0, 1, 0, 0, 0, 0, 1),
        NEGATIVE_X(0, 1, 0, -1, 0, 0, 0, 0, 1),
        POSITIVE_Y(1, 0, 0, 0, 1, 0, 0, 0, 1),
        NEGATIVE_Y(1, 0, 0, 0, -1, 0, 0, 0, -1),
        POSITIVE_Z(1, 0, 0, 0, 0, 1, 0, -1, 0),
        NEGATIVE_Z(1, 0, 0, 0, 0, -1, 0, 1, 0);

        /** From the world to one whose y points up, {@code [3, 3]}. */
        private final double[] upright;

        Up(double... upright) {
            this.upright = upright;
        }

        /** As people write it: {@code +z}. */
        public String axis() {
            String name = name().toLowerCase(Locale.ROOT);
            return (name.startsWith("positive") ? "+" : "-") + name.charAt(name.length() - 1);
        }
    }

    private WorldFrame() {}

    /**
     * The axis of the world that points up: the one nearest to what is up in the images, on the mean over the cameras. Calibrations do not
     * say it; cameras are seldom held upside down.
     */
    public static Up up(List<CalibratedCamera> cameras) {
        double[] down = new double[3];
        for (CalibratedCamera camera : cameras) {
            for (int axis = 0; axis < 3; axis++) {
                down[axis] += camera.rotation()[3 + axis];
            }
        }
        int largest = 0;
        for (int axis = 1; axis < 3; axis++) {
            largest = Math.abs(down[axis]) > Math.abs(down[largest]) ? axis : largest;
        }
        return Up.values()[2 * largest + (down[largest] < 0 ? 0 : 1)];
    }

    /**
     * A body as one of its views has it: in that camera's space, with its image.
     *
     * @param skeleton of the body model
     * @param view index of the view in the body's list
     */
    public static FittedBody inView(MultiViewBody body, Skeleton skeleton, CalibratedCamera camera, int view) {
        return moved(body, skeleton, camera.rotation(), camera.translation(), camera.intrinsics(), view);
    }

    /**
     * A body in a level camera space at the world's origin (x right, y down, z forward), where it stands upright; its place in images
     * is that of its first view.
     *
     * @param skeleton of the body model
     */
    public static FittedBody level(MultiViewBody body, Skeleton skeleton) {
        double[] halfAboutX = {1, 0, 0, 0, -1, 0, 0, 0, -1};
        return moved(
                body,
                skeleton,
                Rotations.multiply(halfAboutX, body.up().upright),
                new double[3],
                body.views().get(0).camera(),
                0);
    }

    private static FittedBody moved(
            MultiViewBody body, Skeleton skeleton, double[] rotation, double[] translation, Camera camera, int view) {
        float[] pose = body.pose().clone();
        double[] root = Rotations.axisAngle(Rotations.multiply(rotation, Rotations.matrix(pose, 0)));
        float[] pelvis = skeleton.rest(0, body.betas());
        float[] place = new float[3];
        for (int i = 0; i < 3; i++) {
            pose[i] = (float) root[i];
            // The root turns about the pelvis, which is at its rest place plus the translation.
            double moved = translation[i] - pelvis[i];
            for (int k = 0; k < 3; k++) {
                moved += rotation[3 * i + k] * ((double) pelvis[k] + body.translation()[k]);
            }
            place[i] = (float) moved;
        }
        MultiViewBody.InView seen = body.views().get(view);
        Reprojection reprojection = seen.reprojection();
        MultiViewBody.Quality quality = body.quality();
        return new FittedBody(
                pose,
                body.betas(),
                place,
                camera,
                points(body.joints3d(), rotation, translation),
                seen.joints2d(),
                reprojection.keypoints(),
                reprojection.residuals(),
                reprojection.error(),
                new FittedBody.Quality(
                        quality.energy(),
                        quality.initialEnergy(),
                        quality.steps(),
                        quality.evaluations(),
                        quality.safeguarded(),
                        quality.termination(),
                        List.of()));
    }

    private static float[] points(float[] world, double[] rotation, double[] translation) {
        float[] moved = new float[world.length];
        for (int p = 0; p < world.length; p += 3) {
            for (int i = 0; i < 3; i++) {
                moved[p + i] = (float) (rotation[3 * i] * world[p]
                        + rotation[3 * i + 1] * world[p + 1]
                        + rotation[3 * i + 2] * world[p + 2]
                        + translation[i]);
            }
        }
        return moved;
    }
}

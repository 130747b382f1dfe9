package dev.secant.fit;

import dev.secant.body.Skeleton;
import java.util.Arrays;

/**
 * Quarter turns of images that bring each person's trunk nearest to upright.
 *
 * <p>Turning an image about the principal point is a rotation of the camera about its optical axis: it turns the body with it and
 * changes nothing else of the fit. So a person who lies, or whose image was taken with the camera on its side, is fitted upright, where
 * the networks have seen most, and turned back. The trunk runs from the middle of the hips to the neck (both may be midpoints, see
 * {@link InitializerNetwork}); without one, or where it is foreshortened to less than {@value #SHORTEST_TRUNK} of the person's size,
 * nothing is turned.
 *
 * <p>Immutable.
 */
public final class Upright {

    private static final float SHORTEST_TRUNK = 0.15f;

    /** Clockwise quarter turns that make each person upright, 0 to 3. */
    private final int[] turns;

    private Upright(int[] turns) {
        this.turns = turns;
    }

    /** The turns that people need. */
    public static Upright of(Observations observations) {
        int[] turns = new int[observations.size()];
        int slots = observations.weights().length / turns.length;
        float[] neck = new float[2];
        float[] hip = new float[2];
        for (int b = 0; b < turns.length; b++) {
            if (InitializerNetwork.neck(observations, b * slots, neck) > 0
                    && InitializerNetwork.midHip(observations, b * slots, hip) > 0) {
                turns[b] =
                        turns(neck[0] - hip[0], neck[1] - hip[1], observations.boxes()[3 * b + 2]);
            }
        }
        return new Upright(turns);
    }

    /** Rays have y down: a trunk of an upright person points to (0, -1). */
    private static int turns(float x, float y, float size) {
        if (Math.hypot(x, y) < SHORTEST_TRUNK * size) {
            return 0;
        }
        if (Math.abs(y) >= Math.abs(x)) {
            return y <= 0 ? 0 : 2;
        }
        // A clockwise quarter turn (on the screen) takes (x, y) to (-y, x): left to up, and thrice takes right to up.
        return x < 0 ? 1 : 3;
    }

    /** Whether nobody is turned. */
    public boolean isNone() {
        for (int turn : turns) {
            if (turn != 0) {
                return false;
            }
        }
        return true;
    }

    /** The people upright; the same observations if nobody is turned. */
    public Observations apply(Observations observations) {
        if (isNone()) {
            return observations;
        }
        Observations upright = new Observations(
                observations.rays().clone(),
                observations.weights(),
                observations.boxes().clone());
        int slots = observations.weights().length / turns.length;
        for (int b = 0; b < turns.length; b++) {
            for (int k = 0; k < slots; k++) {
                turn(upright.rays(), 2 * (b * slots + k), turns[b]);
            }
            turn(upright.boxes(), 3 * b, turns[b]);
        }
        return upright;
    }

    /**
     * Estimates of upright people, turned back to how they were observed: with the root's rotation and the translation turn the axes
     * that their deviations are about.
     *
     * @param estimated is changed
     * @param observed as they were before {@link #apply}
     * @param skeleton of the body model
     */
    public FitBatch turnBack(FitBatch estimated, Observations observed, Skeleton skeleton) {
        if (!isNone()) {
            turnRootsBack(estimated.rotations());
            turnTranslationsBack(estimated.translations(), estimated.betas(), skeleton);
            int n = estimated.variables();
            for (int b = 0; b < turns.length; b++) {
                if (turns[b] % 2 == 1) {
                    swap(estimated.scales(), b * n);
                    swap(estimated.scales(), (b + 1) * n - 3);
                }
            }
        }
        return new FitBatch(
                observed, estimated.rotations(), estimated.betas(), estimated.translations(), estimated.scales());
    }

    private static void swap(float[] values, int at) {
        float held = values[at];
        values[at] = values[at + 1];
        values[at + 1] = held;
    }

    /** Turns vectors of camera space, {@code [B, N, 3]}, as {@link #apply} turns the observations. */
    public void turnVectors(float[] vectors) {
        turnVectors(vectors, 1);
    }

    /** Turns vectors of camera space, {@code [B, N, 3]}, from upright back to how the people were observed. */
    public void turnVectorsBack(float[] vectors) {
        turnVectors(vectors, -1);
    }

    /** Turns each person's root rotation, the first of {@code [B, J, 3, 3]}. */
    public void turnRoots(float[] rotations) {
        turnRoots(rotations, 1);
    }

    /** Turns each person's root rotation, the first of {@code [B, J, 3, 3]}, back. */
    public void turnRootsBack(float[] rotations) {
        turnRoots(rotations, -1);
    }

    /**
     * Turns the translations of posed bodies, {@code [B, 3]}, back. The root turns about the pelvis, so it is the pelvis' place, in rest
     * plus the translation, that turns about the camera.
     *
     * @param betas {@code [B, S]}
     * @param skeleton of the body model
     */
    public void turnTranslationsBack(float[] translations, float[] betas, Skeleton skeleton) {
        int shapes = skeleton.shapeCount();
        for (int b = 0; b < turns.length; b++) {
            float[] pelvis = skeleton.rest(0, Arrays.copyOfRange(betas, b * shapes, (b + 1) * shapes));
            for (int i = 0; i < 3; i++) {
                translations[3 * b + i] += pelvis[i];
            }
            turn(translations, 3 * b, -turns[b]);
            for (int i = 0; i < 3; i++) {
                translations[3 * b + i] -= pelvis[i];
            }
        }
    }

    private void turnVectors(float[] vectors, int sign) {
        int width = vectors.length / turns.length;
        for (int b = 0; b < turns.length; b++) {
            for (int i = b * width; i < (b + 1) * width; i += 3) {
                turn(vectors, i, sign * turns[b]);
            }
        }
    }

    private void turnRoots(float[] rotations, int sign) {
        int width = rotations.length / turns.length;
        float[] column = new float[2];
        for (int b = 0; b < turns.length; b++) {
            for (int c = 0; c < 3; c++) {
                int at = b * width + c;
                column[0] = rotations[at];
                column[1] = rotations[at + 3];
                turn(column, 0, sign * turns[b]);
                rotations[at] = column[0];
                rotations[at + 3] = column[1];
            }
        }
    }

    /** A number of clockwise quarter turns of (x, y), y down. */
    private static void turn(float[] vectors, int at, int quarters) {
        for (int i = Math.floorMod(quarters, 4); i > 0; i--) {
            float x = vectors[at];
            vectors[at] = -vectors[at + 1];
            vectors[at + 1] = x;
        }
    }
}

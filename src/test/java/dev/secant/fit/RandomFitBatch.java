package dev.secant.fit;

import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import java.util.SplittableRandom;

/** Batches for tests. */
public final class RandomFitBatch {

    private RandomFitBatch() {}

    /** People with the guesses, rays and deviations of a seed. */
    public static FitBatch of(PointRig rig, int people, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int slots = KeypointCatalogue.all().size();
        int joints = rig.skeleton().parents().length;
        int shapes = rig.skeleton().shapeCount();
        Observations observations =
                new Observations(new float[people * slots * 2], new float[people * slots], new float[people * 3]);
        float[] rotations = new float[people * joints * 9];
        float[] betas = new float[people * shapes];
        float[] translations = new float[people * 3];
        float[] scales = new float[people * FitBatch.variables(joints, shapes)];
        for (int b = 0; b < people; b++) {
            for (int k = 0; k < slots; k++) {
                observations.rays()[2 * (b * slots + k)] = (float) random.nextDouble(-0.2, 0.2);
                observations.rays()[2 * (b * slots + k) + 1] = (float) random.nextDouble(-0.2, 0.2);
                observations.weights()[b * slots + k] = k % 7 == 3 ? 0 : (float) random.nextDouble(0.2, 1);
            }
            observations.measureBox(b, slots);
            translations[3 * b] = (float) random.nextDouble(-0.3, 0.3);
            translations[3 * b + 1] = (float) random.nextDouble(-0.3, 0.3);
            translations[3 * b + 2] = (float) random.nextDouble(3, 6);
        }
        for (int j = 0; j < people * joints; j++) {
            float[] vector = {
                (float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
            };
            Rotations.exp(vector, 0, rotations, 9 * j);
        }
        for (int i = 0; i < betas.length; i++) {
            betas[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < scales.length; i++) {
            scales[i] = (float) random.nextDouble(0.05, 0.4);
        }
        return new FitBatch(observations, rotations, betas, translations, scales);
    }
}

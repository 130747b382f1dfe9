package dev.secant.fit.arrays;

import dev.secant.fit.FitBatch;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.Observations;

/** What outputs of the initializer mean, person by person, as {@link InitializerNetwork#decode} defines it. */
final class GuessDecoder {

    /** As in {@link dev.secant.body.kinematics.TensorRotations#fromSixD}. */
    private static final float TINY = 1e-12f;

    private final InitializerNetwork network;
    private final Observations observations;
    private final float[] base;
    private final float[] rotations;
    private final float[] betas;
    private final float[] translations;
    private final float[] columns = new float[9];

    GuessDecoder(InitializerNetwork network, Observations observations) {
        int size = observations.size();
        this.network = network;
        this.observations = observations;
        this.base = network.base();
        this.rotations = new float[9 * network.joints() * size];
        this.betas = new float[network.betas() * size];
        this.translations = new float[3 * size];
    }

    /** Decodes a person's output. */
    void decode(int person, float[] output) {
        int joints = network.joints();
        for (int j = 0; j < joints; j++) {
            rotation(output, 6 * j, 9 * (person * joints + j));
        }
        System.arraycopy(output, 6 * joints, betas, network.betas() * person, network.betas());
        int camera = 6 * joints + network.betas();
        float[] box = observations.boxes();
        float size = box[3 * person + 2];
        float depth = network.depth(output[camera + 2], size);
        translations[3 * person] = (0.5f * output[camera] * size + box[3 * person]) * depth;
        translations[3 * person + 1] = (0.5f * output[camera + 1] * size + box[3 * person + 1]) * depth;
        translations[3 * person + 2] = depth;
    }

    /** The first two columns, orthonormalized by Gram and Schmidt; the third is their cross product. */
    private void rotation(float[] output, int from, int to) {
        float[] c = columns;
        for (int i = 0; i < 6; i++) {
            c[i] = output[from + i] + base[from + i];
        }
        normalize(c, 0);
        float along = c[0] * c[3] + c[1] * c[4] + c[2] * c[5];
        for (int i = 0; i < 3; i++) {
            c[3 + i] -= along * c[i];
        }
        normalize(c, 3);
        c[6] = c[1] * c[5] - c[2] * c[4];
        c[7] = c[2] * c[3] - c[0] * c[5];
        c[8] = c[0] * c[4] - c[1] * c[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                rotations[to + 3 * row + column] = c[3 * column + row];
            }
        }
    }

    private static void normalize(float[] vectors, int at) {
        float squared =
                vectors[at] * vectors[at] + vectors[at + 1] * vectors[at + 1] + vectors[at + 2] * vectors[at + 2];
        float length = (float) Math.sqrt(squared + TINY);
        for (int i = 0; i < 3; i++) {
            vectors[at + i] /= length;
        }
    }

    /** All people at their estimates. */
    FitBatch batch(float[] deviations) {
        return new FitBatch(observations, rotations, betas, translations, deviations);
    }
}

package dev.secant.fit;

/**
 * B people to fit together: what was seen of them, where the fit starts, and how far it expects to go.
 *
 * <p>The fit's variables are whitened: {@code u [B, n]} with {@code n = 3 J + S + 3}, zero at the start, and a standard normal
 * prior. Scaled by {@code scales} they are, for joint j, the rotation vector of a further turn ({@code R_j = start_j exp(delta_j)};
 * for the root about the camera's axes, {@code exp(delta_0) start_0}, so that a variable means the same for every person); the
 * change of the betas; and the camera translation's: sideways and down in units of the person's size, then the logarithm of the
 * distance, {@code t = exp(dz) (start + depth size (dx, dy, 0))}, so that moving away does not move the image.
 *
 * @param observations what was seen
 * @param rotations the start's, parent-relative, {@code [B, J, 3, 3]}
 * @param betas the start's, {@code [B, S]}
 * @param translations the start's, metres, {@code [B, 3]}
 * @param scales expected deviation of each variable, {@code [B, n]}
 */
public record FitBatch(
        Observations observations, float[] rotations, float[] betas, float[] translations, float[] scales) {

    /** B. */
    public int size() {
        return observations.size();
    }

    /** J. */
    public int joints() {
        return rotations.length / (9 * size());
    }

    /** S. */
    public int shapes() {
        return betas.length / size();
    }

    /** n: three for each joint, the betas, three for the translation. */
    public int variables() {
        return variables(joints(), shapes());
    }

    /** n of a body. */
    public static int variables(int joints, int shapes) {
        return 3 * joints + shapes + 3;
    }

    /** The same people with other deviations, {@code [B, n]}. */
    public FitBatch withScales(float[] deviations) {
        return new FitBatch(observations, rotations, betas, translations, deviations);
    }

    /** The same people and deviations, started where the variables {@code [B, n]} lead. */
    public FitBatch movedTo(float[] u) {
        FitVariables variables = new FitVariables(this);
        FitBatch moved = new FitBatch(
                observations,
                new float[rotations.length],
                new float[betas.length],
                new float[translations.length],
                scales);
        for (int person = 0; person < size(); person++) {
            variables.decode(person, u, person * variables());
            put(variables.rotations(), moved.rotations, person);
            put(variables.betas(), moved.betas, person);
            put(variables.translation(), moved.translations, person);
        }
        return moved;
    }

    private static void put(float[] row, float[] rows, int person) {
        System.arraycopy(row, 0, rows, person * row.length, row.length);
    }

    /** The batch of some of the people, in the order given. */
    public FitBatch select(int[] rows) {
        int size = size();
        return new FitBatch(
                observations.select(rows),
                rows(rotations, rows, size),
                rows(betas, rows, size),
                rows(translations, rows, size),
                rows(scales, rows, size));
    }

    /** Some of the rows of an array of {@code size} rows. */
    static float[] rows(float[] values, int[] rows, int size) {
        int width = values.length / size;
        float[] selected = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, selected, i * width, width);
        }
        return selected;
    }
}

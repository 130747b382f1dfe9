package dev.secant.fit.tensors;

/** Numbers of several kinds side by side, so that one transfer takes them to a device. */
public final class Packing {

    private Packing() {}

    /** Arrays of {@code size} rows each to one array whose rows are theirs, end to end. */
    public static float[] byPerson(int size, float[]... parts) {
        int width = 0;
        for (float[] part : parts) {
            width += part.length / size;
        }
        float[] packed = new float[size * width];
        int column = 0;
        for (float[] part : parts) {
            int own = part.length / size;
            for (int row = 0; row < size; row++) {
                System.arraycopy(part, row * own, packed, row * width + column, own);
            }
            column += own;
        }
        return packed;
    }
}

package dev.secant.objective.array;

/** Inputs one after the other: joined, stacked as rows, or only one, in another shape. */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record ConcatenateKernel(int[] inputs, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        int offset = 0;
        for (int input : inputs) {
            double[] part = values[input];
            System.arraycopy(part, 0, values[out], offset, part.length);
            offset += part.length;
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        int offset = 0;
        for (int input : inputs) {
            int length = values[input].length;
            if (adjoints[input] != null) {
                ArrayLoops.addScaled(adjoints[out], offset, 1, adjoints[input], 0, length);
            }
            offset += length;
        }
    }
}

package dev.secant.objective.array;

/** Negation of conditions. */
record NotKernel(int input, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        ArrayLoops.affine(values[input], -1, 1, values[out]);
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        // A condition has no derivative.
    }
}

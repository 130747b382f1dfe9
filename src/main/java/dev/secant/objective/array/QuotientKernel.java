package dev.secant.objective.array;

/** Quotients; a scalar goes with every element of the other operand. */
record QuotientKernel(int left, int right, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        int strideA = ArrayLoops.stride(a);
        int strideB = ArrayLoops.stride(b);
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i * strideA] / b[i * strideB];
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] b = values[right];
        double[] y = values[out];
        double[] from = adjoints[out];
        double[] toLeft = adjoints[left];
        double[] toRight = adjoints[right];
        int strideA = ArrayLoops.stride(values[left]);
        int strideB = ArrayLoops.stride(b);
        if (toLeft != null) {
            for (int i = 0; i < from.length; i++) {
                toLeft[i * strideA] += from[i] / b[i * strideB];
            }
        }
        if (toRight != null) {
            for (int i = 0; i < from.length; i++) {
                toRight[i * strideB] -= from[i] * y[i] / b[i * strideB];
            }
        }
    }
}

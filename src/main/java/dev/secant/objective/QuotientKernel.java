package dev.secant.objective;

/** Quotients; a scalar goes with every element of the other operand. */
record QuotientKernel(int left, int right, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        int strideA = a.length == 1 ? 0 : 1;
        int strideB = b.length == 1 ? 0 : 1;
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
        int strideA = values[left].length == 1 ? 0 : 1;
        int strideB = b.length == 1 ? 0 : 1;
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

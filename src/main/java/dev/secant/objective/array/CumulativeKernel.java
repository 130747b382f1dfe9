package dev.secant.objective.array;

/** Sums so far. */
record CumulativeKernel(int input, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] a = values[input];
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i];
            values[out][i] = sum;
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] to = adjoints[input];
        double sum = 0;
        for (int i = to.length - 1; i >= 0; i--) {
            sum += adjoints[out][i];
            to[i] += sum;
        }
    }
}

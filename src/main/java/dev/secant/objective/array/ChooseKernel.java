package dev.secant.objective.array;

/** {@code where(condition, a, b)}, each a scalar or as large as the result. */
record ChooseKernel(int condition, int first, int second, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] c = values[condition];
        double[] a = values[first];
        double[] b = values[second];
        double[] y = values[out];
        for (int i = 0; i < y.length; i++) {
            y[i] = at(c, i) != 0 ? at(a, i) : at(b, i);
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] c = values[condition];
        double[] from = adjoints[out];
        for (int i = 0; i < from.length; i++) {
            double[] to = adjoints[at(c, i) != 0 ? first : second];
            if (to != null) {
                to[to.length == 1 ? 0 : i] += from[i];
            }
        }
    }

    private static double at(double[] array, int i) {
        return array.length == 1 ? array[0] : array[i];
    }
}

package dev.secant.objective.array;

import dev.secant.objective.graph.Pairwise;

/** Sums, differences and products, in loops that the compiler turns into vector instructions. */
record ArithmeticKernel(Pairwise function, int left, int right, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        if (a.length == b.length) {
            switch (function) {
                case ADD -> ArrayLoops.add(a, b, y);
                case SUBTRACT -> ArrayLoops.subtract(a, b, y);
                default -> ArrayLoops.multiply(a, b, y);
            }
        } else {
            boolean scalarLeft = a.length == 1;
            double scalar = scalarLeft ? a[0] : b[0];
            double[] other = scalarLeft ? b : a;
            switch (function) {
                case ADD -> ArrayLoops.affine(other, 1, scalar, y);
                case SUBTRACT -> ArrayLoops.affine(other, scalarLeft ? -1 : 1, scalarLeft ? scalar : -scalar, y);
                default -> ArrayLoops.scale(other, scalar, y);
            }
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] from = adjoints[out];
        if (adjoints[left] != null) {
            add(from, values[right], 1, adjoints[left]);
        }
        if (adjoints[right] != null) {
            add(from, values[left], function == Pairwise.SUBTRACT ? -1 : 1, adjoints[right]);
        }
    }

    private void add(double[] from, double[] other, double sign, double[] to) {
        boolean product = function == Pairwise.MULTIPLY;
        if (to.length == from.length) {
            if (product && other.length == from.length) {
                ArrayLoops.addProduct(from, other, to);
            } else {
                ArrayLoops.addScaled(from, product ? other[0] : sign, to);
            }
        } else {
            to[0] += product ? ArrayLoops.dot(from, other) : sign * ArrayLoops.sum(from, 0, from.length);
        }
    }
}

package dev.secant.objective.array;

import dev.secant.objective.graph.Pairwise;

/** Powers, maxima, minima and conditions of two elements; a scalar, with a stride of 0, goes with every element of the other. */
record CombineKernel(Pairwise function, int left, int right, int out) implements ArrayKernel {

    /** The kernel of a function of two elements, whichever it is. */
    static ArrayKernel of(Pairwise function, int left, int right, int out) {
        return switch (function) {
            case ADD, SUBTRACT, MULTIPLY -> new ArithmeticKernel(function, left, right, out);
            case DIVIDE -> new QuotientKernel(left, right, out);
            case POWER, MAXIMUM, MINIMUM, LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, UNEQUAL, AND, OR ->
                new CombineKernel(function, left, right, out);
        };
    }

    @Override
    public void forward(double[][] values) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        int strideA = ArrayLoops.stride(a);
        int strideB = ArrayLoops.stride(b);
        for (int i = 0; i < y.length; i++) {
            y[i] = function.fold(a[i * strideA], b[i * strideB]);
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        double[] from = adjoints[out];
        int strideA = ArrayLoops.stride(a);
        int strideB = ArrayLoops.stride(b);
        if (adjoints[left] != null) {
            double[] to = adjoints[left];
            for (int i = 0; i < from.length; i++) {
                to[i * strideA] += from[i] * byLeft(a[i * strideA], b[i * strideB]);
            }
        }
        if (adjoints[right] != null) {
            double[] to = adjoints[right];
            for (int i = 0; i < from.length; i++) {
                to[i * strideB] += from[i] * byRight(a[i * strideA], b[i * strideB], y[i]);
            }
        }
    }

    private double byLeft(double a, double b) {
        return switch (function) {
            case POWER -> b == 0 ? 0 : b * Math.pow(a, b - 1);
            case MAXIMUM -> share(a > b, a, b);
            case MINIMUM -> share(a < b, a, b);
            case LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, UNEQUAL, AND, OR -> 0;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> throw new IllegalStateException("Computed by another kernel.");
        };
    }

    private double byRight(double a, double b, double y) {
        return switch (function) {
            case POWER -> a == 0 && b >= 0 ? 0 : y * Math.log(a);
            case MAXIMUM -> share(b > a, a, b);
            case MINIMUM -> share(b < a, a, b);
            case LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, UNEQUAL, AND, OR -> 0;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> throw new IllegalStateException("Computed by another kernel.");
        };
    }

    /** Half each at a tie, as the engine has it. */
    private static double share(boolean chosen, double a, double b) {
        return chosen ? 1 : a == b ? 0.5 : 0;
    }
}

package dev.secant.objective.array;

import dev.secant.objective.graph.Elementwise;

/** A function of each element. */
record MapKernel(Elementwise function, int input, int out) implements ArrayKernel {

    @Override
    public void forward(double[][] values) {
        double[] a = values[input];
        double[] y = values[out];
        // The cheapest have loops of their own, which the compiler turns into vector instructions.
        if (function == Elementwise.SQUARE) {
            for (int i = 0; i < y.length; i++) {
                y[i] = a[i] * a[i];
            }
        } else if (function == Elementwise.NEGATE) {
            for (int i = 0; i < y.length; i++) {
                y[i] = -a[i];
            }
        } else {
            for (int i = 0; i < y.length; i++) {
                y[i] = function.fold(a[i]);
            }
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] a = values[input];
        double[] y = values[out];
        double[] from = adjoints[out];
        double[] to = adjoints[input];
        if (function == Elementwise.SQUARE) {
            for (int i = 0; i < from.length; i++) {
                to[i] += 2 * a[i] * from[i];
            }
        } else if (function == Elementwise.NEGATE) {
            for (int i = 0; i < from.length; i++) {
                to[i] -= from[i];
            }
        } else {
            for (int i = 0; i < from.length; i++) {
                to[i] += slope(a[i], y[i]) * from[i];
            }
        }
    }

    private double slope(double a, double y) {
        return switch (function) {
            case EXP -> y;
            case LOG -> 1 / a;
            case SQRT -> 0.5 / y;
            case SIN -> Math.cos(a);
            case COS -> -Math.sin(a);
            case TAN -> 1 + y * y;
            case ASIN -> 1 / Math.sqrt(1 - a * a);
            case ACOS -> -1 / Math.sqrt(1 - a * a);
            case ATAN -> 1 / (1 + a * a);
            case SINH -> Math.cosh(a);
            case COSH -> Math.sinh(a);
            case TANH -> 1 - y * y;
            case SIGMOID -> y * (1 - y);
            case SOFTPLUS -> Elementwise.SIGMOID.fold(a);
            case ABS -> Math.signum(a);
            case SIGN -> 0;
            case SQUARE -> 2 * a;
            case NEGATE -> -1;
        };
    }
}

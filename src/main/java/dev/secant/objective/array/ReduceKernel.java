package dev.secant.objective.array;

import dev.secant.objective.graph.Operation;
import dev.secant.objective.graph.Reduction;
import dev.secant.objective.graph.TensorType;

/**
 * One number of many.
 *
 * @param lines how many results
 * @param length how many elements each is made of
 * @param lineStride from the first element of a line to that of the next
 * @param stride between elements of a line
 */
record ReduceKernel(Reduction reduction, int input, int out, int lines, int length, int lineStride, int stride)
        implements ArrayKernel {

    static ArrayKernel of(Operation.Reduce reduce, TensorType type, int input, int out) {
        Reduction reduction = reduce.reduction();
        if (reduce.axis() < 0) {
            return new ReduceKernel(reduction, input, out, 1, (int) type.elements(), 0, 1);
        } else if (reduce.axis() == 0) {
            return new ReduceKernel(reduction, input, out, type.columns(), type.rows(), 1, type.columns());
        }
        return new ReduceKernel(reduction, input, out, type.rows(), type.columns(), type.columns(), 1);
    }

    @Override
    public void forward(double[][] values) {
        for (int line = 0; line < lines; line++) {
            values[out][line] = reduced(values[input], line * lineStride);
        }
    }

    private double reduced(double[] a, int first) {
        return switch (reduction) {
            case SUM -> sum(a, first);
            case MEAN -> sum(a, first) / length;
            case PROD -> {
                double product = 1;
                for (int k = 0; k < length; k++) {
                    product *= a[first + k * stride];
                }
                yield product;
            }
            case MIN -> -largest(a, first, -1);
            case MAX -> largest(a, first, 1);
            case NORM -> Math.sqrt(shifted(a, first, 0, false));
            case LOGSUMEXP -> {
                double shift = largest(a, first, 1);
                yield Math.log(shifted(a, first, shift, true)) + shift;
            }
        };
    }

    private double sum(double[] a, int first) {
        if (stride == 1) {
            return ArrayLoops.sum(a, first, length);
        }
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += a[first + k * stride];
        }
        return sum;
    }

    private double largest(double[] a, int first, int sign) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < length; k++) {
            largest = Math.max(largest, sign * a[first + k * stride]);
        }
        return largest;
    }

    /** The sum of the squares, or of the exponentials, of the elements less a shift. */
    private double shifted(double[] a, int first, double shift, boolean exponentials) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            double element = a[first + k * stride] - shift;
            sum += exponentials ? Math.exp(element) : element * element;
        }
        return sum;
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        for (int line = 0; line < lines; line++) {
            int first = line * lineStride;
            backward(values[input], first, values[out][line], adjoints[out][line], adjoints[input]);
        }
    }

    private void backward(double[] a, int first, double y, double from, double[] to) {
        switch (reduction) {
            case SUM -> spread(from, first, to);
            case MEAN -> spread(from / length, first, to);
            case PROD -> product(a, first, from, to);
            case MIN, MAX -> extreme(a, first, y, from, to);
            case NORM -> {
                // Zero at the origin, as the engine has it.
                double factor = y == 0 ? 0 : from / y;
                for (int k = 0; k < length; k++) {
                    to[first + k * stride] += a[first + k * stride] * factor;
                }
            }
            case LOGSUMEXP -> {
                for (int k = 0; k < length; k++) {
                    to[first + k * stride] += Math.exp(a[first + k * stride] - y) * from;
                }
            }
        }
    }

    private void spread(double from, int first, double[] to) {
        for (int k = 0; k < length; k++) {
            to[first + k * stride] += from;
        }
    }

    /** By the products of those before and of those after, so that zeros are no exception. */
    private void product(double[] a, int first, double from, double[] to) {
        double[] before = new double[length];
        double product = from;
        for (int k = 0; k < length; k++) {
            before[k] = product;
            product *= a[first + k * stride];
        }
        double after = 1;
        for (int k = length - 1; k >= 0; k--) {
            to[first + k * stride] += before[k] * after;
            after *= a[first + k * stride];
        }
    }

    /** At a tie all of it to the first, as the engine has it. */
    private void extreme(double[] a, int first, double y, double from, double[] to) {
        for (int k = 0; k < length; k++) {
            if (a[first + k * stride] == y) {
                to[first + k * stride] += from;
                return;
            }
        }
    }
}

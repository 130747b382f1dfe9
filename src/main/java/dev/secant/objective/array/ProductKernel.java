package dev.secant.objective.array;

import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.TensorType;
import java.util.Arrays;

/** A product of a {@code rows x inner} and an {@code inner x columns} matrix; vectors are matrices of one row or column. */
record ProductKernel(int left, int right, int out, int rows, int inner, int columns) implements ArrayKernel {

    static ArrayKernel of(Node node) {
        TensorType a = node.inputs().get(0).type();
        TensorType b = node.inputs().get(1).type();
        int rows = a.isMatrix() ? a.rows() : 1;
        int inner = a.isMatrix() ? a.columns() : a.length();
        return make(node, rows, inner, b.isMatrix() ? b.columns() : 1);
    }

    static ArrayKernel outer(Node node) {
        return make(
                node,
                node.inputs().get(0).type().length(),
                1,
                node.inputs().get(1).type().length());
    }

    private static ProductKernel make(Node node, int rows, int inner, int columns) {
        return new ProductKernel(node.inputs().get(0).id(), node.inputs().get(1).id(), node.id(), rows, inner, columns);
    }

    @Override
    public void forward(double[][] values) {
        double[] a = values[left];
        double[] b = values[right];
        double[] y = values[out];
        if (columns == 1) {
            for (int i = 0; i < rows; i++) {
                y[i] = ArrayLoops.dot(a, i * inner, b, 0, inner);
            }
            return;
        }
        Arrays.fill(y, 0);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                ArrayLoops.addScaled(b, k * columns, a[i * inner + k], y, i * columns, columns);
            }
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] from = adjoints[out];
        if (adjoints[left] != null) {
            byLeft(from, values[right], adjoints[left]);
        }
        if (adjoints[right] != null) {
            byRight(from, values[left], adjoints[right]);
        }
    }

    private void byLeft(double[] from, double[] b, double[] to) {
        for (int i = 0; i < rows; i++) {
            if (columns == 1) {
                ArrayLoops.addScaled(b, 0, from[i], to, i * inner, inner);
                continue;
            }
            for (int k = 0; k < inner; k++) {
                to[i * inner + k] += ArrayLoops.dot(from, i * columns, b, k * columns, columns);
            }
        }
    }

    private void byRight(double[] from, double[] a, double[] to) {
        for (int i = 0; i < rows; i++) {
            if (columns == 1) {
                ArrayLoops.addScaled(a, i * inner, from[i], to, 0, inner);
                continue;
            }
            for (int k = 0; k < inner; k++) {
                ArrayLoops.addScaled(from, i * columns, a[i * inner + k], to, k * columns, columns);
            }
        }
    }
}

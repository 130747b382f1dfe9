package dev.secant.objective.array;

import dev.secant.objective.graph.Operation;
import dev.secant.objective.graph.Selector;
import dev.secant.objective.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Elements of the input in another order, or some of them.
 *
 * @param indices for each element of the result, its place in the input; null where they follow each other
 * @param first the first of these places
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record MoveKernel(int @Nullable [] indices, int first, int input, int out) implements ArrayKernel {

    static ArrayKernel transpose(TensorType type, int input, int out) {
        int rows = type.rows();
        int[] indices = new int[(int) type.elements()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = k % rows * type.columns() + k / rows;
        }
        return of(indices, input, out);
    }

    static ArrayKernel pick(Operation.Pick pick, TensorType type, int input, int out) {
        int[] indices = {0};
        for (int axis = 0; axis < type.rank(); axis++) {
            Selector selector = pick.selectors().get(axis);
            int length = type.dimensions().get(axis);
            int[] finer = new int[indices.length * selector.count()];
            for (int k = 0; k < finer.length; k++) {
                int chosen = selector.first() + k % selector.count() * selector.step();
                finer[k] = indices[k / selector.count()] * length + chosen;
            }
            indices = finer;
        }
        return of(indices, input, out);
    }

    private static MoveKernel of(int[] indices, int input, int out) {
        boolean consecutive = true;
        for (int k = 0; k < indices.length; k++) {
            consecutive &= indices[k] == indices[0] + k;
        }
        return new MoveKernel(consecutive ? null : indices, indices[0], input, out);
    }

    @Override
    public void forward(double[][] values) {
        double[] y = values[out];
        if (indices == null) {
            System.arraycopy(values[input], first, y, 0, y.length);
            return;
        }
        double[] a = values[input];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[indices[i]];
        }
    }

    @Override
    public void backward(double[][] values, double[][] adjoints) {
        double[] from = adjoints[out];
        double[] to = adjoints[input];
        if (indices == null) {
            ArrayLoops.addScaled(from, 0, 1, to, first, from.length);
            return;
        }
        for (int i = 0; i < from.length; i++) {
            to[indices[i]] += from[i];
        }
    }
}

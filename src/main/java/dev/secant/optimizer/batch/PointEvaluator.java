package dev.secant.optimizer.batch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Evaluates points that live on the JVM, whatever the objective is made of. */
final class PointEvaluator implements AutoCloseable {

    private final Objective objective;
    private @Nullable NDManager manager;
    private final DataType type;
    private int[] selected = {};
    private @Nullable Objective selection;

    /** The type is that of the start: points are rounded to it. */
    PointEvaluator(Objective objective, DataType type) {
        this.objective = objective;
        this.type = type;
    }

    /** A point as the data type rounds it. */
    double[] rounded(double[] x) {
        if (type == DataType.FLOAT32) {
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) x[j];
            }
        }
        return x;
    }

    /**
     * Values and gradients.
     *
     * @param items the items
     * @param x a rounded point for each
     * @param from the current point of each; null at the start
     */
    ArrayPoint[] evaluate(int[] items, double[][] x, @Nullable ArrayPoint[] from) {
        if (objective instanceof ArrayObjective arrays && arrays.suits(items.length)) {
            ArrayPoint[] points = new ArrayPoint[items.length];
            for (int k = 0; k < points.length; k++) {
                double[] gradient = new double[x[k].length];
                double value = arrays.evaluate(items[k], x[k], gradient);
                points[k] = new ArrayPoint(x[k], from[k], value, gradient);
            }
            return points;
        }
        return onTensors(items, x, from);
    }

    @SuppressWarnings("try")
    private ArrayPoint[] onTensors(int[] items, double[][] x, @Nullable ArrayPoint[] from) {
        int n = objective.dimension();
        ArrayPoint[] points = new ArrayPoint[items.length];
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray batch = HostArrays.create(manager(), type, HostArrays.flat(x, n), items.length, n);
            ValueAndGradient at = selection(items).evaluate(batch);
            double[] values = HostArrays.doubles(at.values());
            double[] gradients = HostArrays.doubles(at.gradient());
            for (int k = 0; k < points.length; k++) {
                double[] gradient = Arrays.copyOfRange(gradients, k * n, (k + 1) * n);
                points[k] = new ArrayPoint(x[k], from[k], values[k], gradient);
            }
        }
        return points;
    }

    private NDManager manager() {
        if (manager == null) {
            manager = TensorRuntime.get().newManager(Device.cpu());
        }
        return manager;
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
    }

    private Objective selection(int[] items) {
        if (selection == null || !Arrays.equals(items, selected)) {
            boolean all = selection == null;
            selection = all ? objective : objective.select(items);
            selected = items.clone();
        }
        return selection;
    }
}

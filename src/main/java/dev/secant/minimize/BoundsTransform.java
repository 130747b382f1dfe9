package dev.secant.minimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.Disturbance;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * Bounds by a smooth change of variables (as in MINUIT: James and Roos, Comp. Phys. Comm. 10, 1975): the solver moves z
 * freely, {@code x = l + (u - l) (1 + sin z) / 2} with two bounds, {@code x = l - 1 + sqrt(1 + z^2)} or {@code u + 1 -
 * sqrt(1 + z^2)} with one, {@code x = z} with none.
 *
 * <p>A projection would need its own version of every solver and line search; the change of variables serves them all, and
 * starts with different boxes in one batch. Its price: at a bound the derivative of x by z vanishes, so starts there are
 * moved a thousandth of the width inside, a solver reaches a bound only in the limit (quickly: x is quadratic in z there),
 * and its gradient norms and steps are those of z. Points, trajectories and certificates are in x.
 *
 * @param lower n numbers; minus infinity for none
 * @param upper n numbers; infinity for none
 */
public record BoundsTransform(double[] lower, double[] upper) {

    private static final double INSIDE = 1e-3;
    private static final double AT_BOUND = 1e-6;

    /** The z of a point, which is moved inside first. */
    public double[] inner(double[] x) {
        double[] z = x.clone();
        for (int i = 0; i < z.length; i++) {
            double low = lower[i];
            double high = upper[i];
            boolean below = Double.isFinite(low);
            boolean above = Double.isFinite(high);
            if (below && above) {
                double share = Math.min(Math.max((x[i] - low) / (high - low), INSIDE), 1 - INSIDE);
                z[i] = Math.asin(2 * share - 1);
            } else if (below || above) {
                double distance = Math.max(below ? x[i] - low : high - x[i], INSIDE) + 1;
                z[i] = Math.sqrt(distance * distance - 1);
            }
        }
        return z;
    }

    /** Whether a point is in the box. */
    public boolean contains(double[] x) {
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] >= lower[i] && x[i] <= upper[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Which variables are held by a bound: they are at it, and the value falls towards its outside.
     *
     * @param x a point
     * @param gradient there
     */
    public boolean[] held(double[] x, double[] gradient) {
        boolean[] held = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            double close = AT_BOUND * Math.max(1, Math.abs(x[i]));
            held[i] = (x[i] - lower[i] <= close && gradient[i] > 0) || (upper[i] - x[i] <= close && gradient[i] < 0);
        }
        return held;
    }

    /** {@code x_i(z)}. */
    public double outer(int i, double z) {
        boolean below = Double.isFinite(lower[i]);
        boolean above = Double.isFinite(upper[i]);
        if (below && above) {
            return Math.sin(z) * ((upper[i] - lower[i]) / 2) + (lower[i] + upper[i]) / 2;
        } else if (below || above) {
            double distance = Math.sqrt(z * z + 1);
            return below ? distance + (lower[i] - 1) : upper[i] + 1 - distance;
        }
        return z;
    }

    /** {@code x_i(z)} with z, and the parts that x is the sum of, moved a little. */
    public double disturbed(int i, double z, Disturbance disturbance) {
        boolean below = Double.isFinite(lower[i]);
        boolean above = Double.isFinite(upper[i]);
        double moved = disturbance.move(z);
        if (below && above) {
            return Math.sin(moved) * ((upper[i] - lower[i]) / 2) + disturbance.move((lower[i] + upper[i]) / 2);
        } else if (below || above) {
            double distance = disturbance.move(Math.sqrt(moved * moved + 1));
            return below ? distance + disturbance.move(lower[i] - 1) : disturbance.move(upper[i] + 1) - distance;
        }
        return moved;
    }

    /** {@code dx_i/dz}. */
    public double slope(int i, double z) {
        boolean below = Double.isFinite(lower[i]);
        boolean above = Double.isFinite(upper[i]);
        if (below && above) {
            return Math.cos(z) * ((upper[i] - lower[i]) / 2);
        } else if (below || above) {
            return (below ? 1 : -1) * z / Math.sqrt(z * z + 1);
        }
        return 1;
    }

    /** {@code d^2 x_i/dz^2}. */
    public double bend(int i, double z) {
        boolean below = Double.isFinite(lower[i]);
        boolean above = Double.isFinite(upper[i]);
        if (below && above) {
            return -Math.sin(z) * ((upper[i] - lower[i]) / 2);
        } else if (below || above) {
            double square = z * z + 1;
            return (below ? 1 : -1) / (square * Math.sqrt(square));
        }
        return 0;
    }

    /** The same for the items of a batch, on tensors. */
    public static Map map(BoundsTransform[] transforms, NDManager manager, DataType type) {
        int n = transforms[0].lower.length;
        double[][] sine = new double[transforms.length][n];
        double[][] root = new double[transforms.length][n];
        double[][] same = new double[transforms.length][n];
        double[][] offset = new double[transforms.length][n];
        for (int b = 0; b < transforms.length; b++) {
            for (int i = 0; i < n; i++) {
                double low = transforms[b].lower[i];
                double high = transforms[b].upper[i];
                boolean below = Double.isFinite(low);
                boolean above = Double.isFinite(high);
                if (below && above) {
                    sine[b][i] = (high - low) / 2;
                    offset[b][i] = (low + high) / 2;
                } else if (below || above) {
                    root[b][i] = below ? 1 : -1;
                    offset[b][i] = below ? low - 1 : high + 1;
                } else {
                    same[b][i] = 1;
                }
            }
        }
        return new Map(
                array(manager, type, sine),
                array(manager, type, root),
                array(manager, type, same),
                array(manager, type, offset));
    }

    private static NDArray array(NDManager manager, DataType type, double[][] numbers) {
        return Tensors.of(manager, numbers).toType(type, false);
    }

    /** {@code x(z)} for a batch: each factor {@code [B, n]}. It owns them, and is closed by who made it. */
    public record Map(NDArray sine, NDArray root, NDArray same, NDArray offset) implements AutoCloseable {

        public NDArray apply(NDArray z) {
            NDArray distance = z.square().add(1).sqrt();
            return z.sin().mul(sine).add(distance.mul(root)).add(z.mul(same)).add(offset);
        }

        /** {@code dx/dz}, {@code [B, n]}. */
        public NDArray slope(NDArray z) {
            NDArray distance = z.square().add(1).sqrt();
            return z.cos().mul(sine).add(z.div(distance).mul(root)).add(same);
        }

        /** The same for some of the items; its arrays live until it is closed, whatever scope is open, or their manager is. */
        public Map select(int[] items) {
            Map kept;
            try (MemoryScope scope = MemoryScope.open()) {
                long[] indices = Arrays.stream(items).asLongStream().toArray();
                NDArray rows = Tensors.of(sine.getManager(), indices);
                kept = new Map(sine.get(rows), root.get(rows), same.get(rows), offset.get(rows));
                kept.arrays().forEach(scope::keep);
            }
            // Optimizers select within a step, and go on with the selection after it.
            kept.arrays().forEach(MemoryScope::lasting);
            return kept;
        }

        private List<NDArray> arrays() {
            return List.of(sine, root, same, offset);
        }

        @Override
        public void close() {
            arrays().forEach(NDArray::close);
        }

        /** The x of some z, on plain numbers. */
        @SuppressWarnings("try")
        public double[][] outer(double[][] z) {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray points = array(sine.getManager(), sine.getDataType(), z);
                double[] flat = apply(points).toType(DataType.FLOAT64, false).toDoubleArray();
                double[][] x = new double[z.length][];
                Arrays.setAll(x, b -> Arrays.copyOfRange(flat, b * z[b].length, (b + 1) * z[b].length));
                return x;
            }
        }
    }
}

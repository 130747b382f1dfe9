package dev.secant.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Points of a batch, {@code [B, n]}: rows of the JVM or a tensor of the engine, each made from the other when it is first asked for.
 *
 * <p>Not thread-safe. Whoever made the tensor or asked for it closes the points; rows of the JVM need no closing.
 */
public final class Points implements AutoCloseable {

    private final int size;
    private final int dimension;
    private final DataType type;
    private final Device device;
    private @Nullable Supplier<Points> source;
    private double @Nullable [][] rows;
    private @Nullable NDArray tensor;
    /** Whether somebody else closes the tensor. */
    private boolean borrowed;

    private Points(int size, int dimension, DataType type, Device device) {
        this.size = size;
        this.dimension = dimension;
        this.type = type;
        this.device = device;
    }

    /**
     * Rows of numbers, computed with in float64.
     *
     * @param rows {@code [B][n]}, at least one, all of one length; not copied and not modified
     */
    public static Points of(double[][] rows) {
        return of(rows, DataType.FLOAT64);
    }

    /**
     * Rows of numbers.
     *
     * @param rows {@code [B][n]}, at least one, all of one length; not modified, and in float64 not copied
     * @param type the data type that is computed in, float32 or float64; to float32 the numbers are rounded
     */
    public static Points of(double[][] rows, DataType type) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("A batch must have at least one point.");
        }
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException("The points of a batch must have one dimension, not %d and %d."
                        .formatted(rows[0].length, row.length));
            }
        }
        Points points = new Points(rows.length, rows[0].length, type, Device.cpu());
        points.rows = type == DataType.FLOAT32 ? rounded(rows) : rows;
        return points;
    }

    private static double[][] rounded(double[][] rows) {
        double[][] rounded = new double[rows.length][rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int j = 0; j < rounded[row].length; j++) {
                rounded[row][j] = (float) rows[row][j];
            }
        }
        return rounded;
    }

    /**
     * A tensor.
     *
     * @param tensor {@code [B, n]}, float32 or float64; {@link #close} closes it
     * @throws IllegalArgumentException if it has another shape
     */
    public static Points of(NDArray tensor) {
        if (tensor.getShape().dimension() != 2) {
            throw new IllegalArgumentException(
                    "The points %s must have the shape [B, n].".formatted(tensor.getShape()));
        }
        Points points = new Points(
                (int) tensor.getShape().get(0),
                (int) tensor.getShape().get(1),
                tensor.getDataType(),
                tensor.getDevice());
        points.tensor = tensor;
        return points;
    }

    /** Points that are made when somebody looks at them. */
    public static Points lazily(int size, int dimension, DataType type, Device device, Supplier<Points> source) {
        Points points = new Points(size, dimension, type, device);
        points.source = source;
        return points;
    }

    /** B. */
    public int size() {
        return size;
    }

    /** n. */
    public int dimension() {
        return dimension;
    }

    /** The data type that is computed in. */
    public DataType type() {
        return type;
    }

    /** Where the tensor is; the CPU for rows of the JVM. */
    public Device device() {
        return device;
    }

    /** Whether there is a tensor already, so that {@link #tensor} makes none. */
    public boolean isTensor() {
        resolve();
        return tensor != null;
    }

    /** The numbers, {@code [B][n]}; not to be modified. A tensor is read back once. */
    public double[][] rows() {
        resolve();
        if (rows == null) {
            double[] flat = HostArrays.doubles(tensor());
            rows = new double[size][dimension];
            for (int row = 0; row < size; row++) {
                System.arraycopy(flat, row * dimension, rows[row], 0, dimension);
            }
        }
        return rows;
    }

    /** The numbers, row after row, in a new array. */
    public double[] numbers() {
        return HostArrays.flat(rows(), dimension);
    }

    /** The numbers in single precision, row after row. */
    public float[] floats() {
        float[] floats = new float[size * dimension];
        double[][] numbers = rows();
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i / dimension][i % dimension];
        }
        return floats;
    }

    /** One point, {@code [n]}; not to be modified. */
    public double[] row(int item) {
        return rows()[item];
    }

    /**
     * The points as a tensor {@code [B, n]}, closed by {@link #close}.
     *
     * @param manager makes it if there is none yet
     */
    public NDArray tensor(NDManager manager) {
        resolve();
        if (tensor == null) {
            tensor = HostArrays.create(manager, type, HostArrays.flat(rows(), dimension), size, dimension);
        }
        return tensor;
    }

    /** The tensor that these points are. */
    public NDArray tensor() {
        resolve();
        if (tensor == null) {
            throw new IllegalStateException(
                    "The points are rows of the JVM.%nMaybe ask for tensor(manager).".formatted());
        }
        return tensor;
    }

    private void resolve() {
        if (source != null) {
            Points made = source.get();
            source = null;
            rows = made.rows;
            tensor = made.tensor;
            borrowed = tensor != null;
        }
    }

    @Override
    public void close() {
        if (tensor != null && !borrowed) {
            tensor.close();
            tensor = null;
        }
    }
}

package dev.secant.minimize.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.minimize.BoundsTransform;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A formula with its numbers, and a box for each item if there are any, as the optimizers see it.
 *
 * <p>In float64 on the CPU it is evaluated on plain arrays wherever that is faster than on tensors ({@link
 * CompiledObjective#suitsArrays}); which of the two it was changes results by rounding only. One thread uses it.
 */
public final class BatchObjective implements ArrayObjective {

    private final BoundObjective tensors;
    private final boolean ownsTensors;
    private final BoundsTransform.@Nullable Map box;
    private final ArrayFormula arrays;
    private final boolean onJvm;
    private final int @Nullable [] rows;

    private BatchObjective(
            BoundObjective tensors,
            boolean ownsTensors,
            BoundsTransform.@Nullable Map box,
            ArrayFormula arrays,
            boolean onJvm,
            int @Nullable [] rows) {
        this.tensors = tensors;
        this.ownsTensors = ownsTensors;
        this.box = box;
        this.arrays = arrays;
        this.onJvm = onJvm;
        this.rows = rows;
    }

    /**
     * Binds a formula.
     *
     * @param parameters shared, or one for each item
     * @param transforms one for each item; null for none
     * @param manager holds the tensors; its device is where they are
     * @param type of the points, float64 or float32
     */
    public static BatchObjective bind(
            CompiledObjective formula,
            Map<String, ParameterValue> parameters,
            BoundsTransform @Nullable [] transforms,
            NDManager manager,
            DataType type) {
        return new BatchObjective(
                formula.bind(manager, type, parameters),
                true,
                transforms == null ? null : BoundsTransform.map(transforms, manager, type),
                new ArrayFormula(formula, parameters, transforms),
                type == DataType.FLOAT64 && !manager.getDevice().isGpu(),
                null);
    }

    @Override
    public int dimension() {
        return tensors.dimension();
    }

    /** How many numbers {@link #apply} gives for each item. */
    int resultSize() {
        return tensors.compiled().resultSize();
    }

    /** The values, or the residuals, at z, on tensors. */
    public NDArray apply(NDArray z) {
        return tensors.apply(outer(z));
    }

    /** The request's variables at z. */
    NDArray outer(NDArray z) {
        return box == null ? z : box.apply(z);
    }

    /** The request's variables at some z, on plain numbers. */
    double[][] outer(double[][] z) {
        return box == null ? z : box.outer(z);
    }

    @Override
    public boolean suits(int items) {
        return onJvm && tensors.compiled().suitsArrays(items);
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        return arrays.evaluate(original(item), x, gradient);
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        return suits(items(x)) ? ArrayObjective.super.evaluate(x) : evaluateOnTensors(x);
    }

    ValueAndGradient evaluateOnTensors(NDArray x) {
        return hasGradient()
                ? Autograd.valueAndGradient(this::apply, x)
                : new ValueAndGradient(apply(x), x.zerosLike());
    }

    /** Whether the formula is more than steps. */
    boolean hasGradient() {
        return tensors.compiled().hasGradient();
    }

    @Override
    public boolean productsSuit(int items) {
        return onJvm && tensors.compiled().productsSuitArrays(items);
    }

    /** Exactly: the gradient of the derivative along the direction. */
    @Override
    public void hessianVectorProduct(int item, double[] x, double[] direction, double epsilon, double[] product) {
        arrays.hessianVectorProduct(original(item), x, direction, product);
    }

    /** Exactly: the gradient of the derivative along the direction. */
    @Override
    public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        return productsSuit(items(x)) ? productsOnArrays(x, direction) : productsOnTensors(x, direction);
    }

    NDArray productsOnTensors(NDArray x, NDArray direction) {
        if (!tensors.compiled().hasCurvature()) {
            return x.zerosLike();
        }
        try (MemoryScope scope = MemoryScope.open()) {
            return scope.keep(Autograd.valueAndGradient(z -> directionalDerivative(z, direction), x)
                    .gradient());
        }
    }

    private NDArray productsOnArrays(NDArray x, NDArray direction) {
        int n = dimension();
        double[] points = x.toDoubleArray();
        double[] along = direction.toDoubleArray();
        double[] products = new double[points.length];
        double[] product = new double[n];
        for (int from = 0; from < points.length; from += n) {
            arrays.hessianVectorProduct(
                    original(from / n),
                    Arrays.copyOfRange(points, from, from + n),
                    Arrays.copyOfRange(along, from, from + n),
                    product);
            System.arraycopy(product, 0, products, from, n);
        }
        return Tensors.of(x.getManager(), products, x.getShape());
    }

    private NDArray directionalDerivative(NDArray z, NDArray direction) {
        return box == null
                ? tensors.directionalDerivative(z, direction)
                : tensors.directionalDerivative(box.apply(z), box.slope(z).mul(direction));
    }

    /** Which part of the formula is not finite, in double precision, at a point of the request's variables. */
    public Optional<String> whyNotFinite(int item, double[] point) {
        return arrays.whyNotFinite(original(item), point);
    }

    private static int items(NDArray x) {
        return (int) x.getShape().get(0);
    }

    /** The place of an item in the batch that was bound. */
    private int original(int item) {
        return rows == null ? item : rows[item];
    }

    @Override
    public BatchObjective select(int[] items) {
        BoundObjective selected = tensors.select(items);
        if (box == null && selected == tensors) {
            return this;
        }
        return new BatchObjective(
                selected,
                selected != tensors,
                box == null ? null : box.select(items),
                arrays,
                onJvm,
                Arrays.stream(items).map(this::original).toArray());
    }

    /** Frees the tensors: of a selection those that it does not share with what it was selected from. */
    @Override
    public void close() {
        if (ownsTensors) {
            tensors.close();
        }
        if (box != null) {
            box.close();
        }
    }
}

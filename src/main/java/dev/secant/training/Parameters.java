package dev.secant.training;

import static dev.secant.tensor.ScalarMath.mulInPlace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The named trainable arrays of a model, in a fixed order. They are leaves: gradients collect on them until {@link
 * #zeroGradients()}. Running statistics may stand beside them, which are saved and restored but not trained.
 *
 * <p>They live in the manager given at creation. Make them outside any {@link MemoryScope}.
 */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class Parameters {

    private final Map<String, NDArray> leaves;
    private final Map<String, NDArray> all;

    private Parameters(Map<String, NDArray> leaves, Map<String, NDArray> all) {
        this.leaves = Collections.unmodifiableMap(leaves);
        this.all = Collections.unmodifiableMap(all);
    }

    /** Copies initial values to the device of a manager and makes them leaves. */
    public static Parameters of(NDManager manager, Map<String, FloatTensor> values) {
        return of(manager, values, name -> false);
    }

    /**
     * Copies initial values to the device of a manager and makes those leaves that are no statistics.
     *
     * @param isStatistic by name: what the forward pass itself updates in place
     */
    public static Parameters of(NDManager manager, Map<String, FloatTensor> values, Predicate<String> isStatistic) {
        Map<String, NDArray> leaves = new LinkedHashMap<>();
        Map<String, NDArray> all = new LinkedHashMap<>();
        values.forEach((name, tensor) -> {
            NDArray array = tensor.on(manager);
            all.put(name, array);
            if (!isStatistic.test(name)) {
                leaves.put(name, Autograd.requireGradient(array));
            }
        });
        return new Parameters(leaves, all);
    }

    /** Some of the parameters by name: the same leaves. */
    public Parameters select(Predicate<String> names) {
        Map<String, NDArray> selected = new LinkedHashMap<>(leaves);
        selected.keySet().removeIf(names.negate());
        Map<String, NDArray> selectedOfAll = new LinkedHashMap<>(all);
        selectedOfAll.keySet().removeIf(names.negate());
        return new Parameters(selected, selectedOfAll);
    }

    /** The leaves by name, in order. */
    public Map<String, NDArray> byName() {
        return leaves;
    }

    /** The leaves and the statistics by name, in order. */
    public Map<String, NDArray> withStatistics() {
        return all;
    }

    /** The leaf of a name. */
    public NDArray get(String name) {
        NDArray leaf = leaves.get(name);
        if (leaf == null) {
            throw new IllegalArgumentException("There is no parameter (%s) among %s.".formatted(name, leaves.keySet()));
        }
        return leaf;
    }

    /** How many numbers they are together. */
    public long count() {
        return leaves.values().stream()
                .mapToLong(leaf -> leaf.getShape().size())
                .sum();
    }

    /** The current values, of the statistics too. */
    public Map<String, FloatTensor> snapshot() {
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        all.forEach((name, leaf) -> values.put(name, FloatTensor.of(leaf)));
        return values;
    }

    /**
     * Overwrites every leaf's and every statistic's values.
     *
     * @throws IllegalArgumentException if a name is missing or a shape differs
     */
    public void restore(Map<String, FloatTensor> values) {
        Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                all.forEach((name, leaf) -> {
                    FloatTensor tensor = values.get(name);
                    if (tensor == null || !leaf.getShape().equals(new Shape(tensor.shape()))) {
                        throw new IllegalArgumentException("The parameter (%s) has the shape %s, but %s was given."
                                .formatted(name, leaf.getShape(), tensor));
                    }
                    mulInPlace(leaf, 0).addi(tensor.on(leaf.getManager()));
                });
                return this;
            }
        });
    }

    /** Forgets the gradients collected so far. */
    public void zeroGradients() {
        Autograd.zeroGradients(new ArrayList<>(leaves.values()));
    }

    /** The Euclidean norm of all gradients together; NaN or infinite where one is not finite. */
    public double gradientNorm() {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray sum = null;
            for (NDArray leaf : leaves.values()) {
                NDArray square = Autograd.gradient(leaf).square().sum();
                sum = sum == null ? square : sum.add(square);
            }
            return sum == null
                    ? 0
                    : Math.sqrt(sum.toType(DataType.FLOAT64, false).getDouble());
        }
    }
}

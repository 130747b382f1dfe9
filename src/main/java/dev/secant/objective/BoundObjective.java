package dev.secant.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.graph.Batched;
import dev.secant.objective.graph.LeafTensors;
import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.Operation;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A compiled objective with its parameters: a differentiable function of {@code [B, n]}, row by row.
 *
 * <p>It owns the tensors of the parameters and of all that follows from them alone, until it is closed. One thread uses
 * it.
 */
public final class BoundObjective implements AutoCloseable {

    private final CompiledObjective compiled;
    private final NDManager manager;
    private final List<Step> steps;
    private final @Nullable Batched[] known;
    private final Supplier<BoundObjective> derive;
    private @Nullable BoundObjective derivative;

    private BoundObjective(
            CompiledObjective compiled,
            NDManager manager,
            List<Step> steps,
            @Nullable Batched[] known,
            Supplier<BoundObjective> derive) {
        this.compiled = compiled;
        this.manager = manager;
        this.steps = steps;
        this.known = known;
        this.derive = derive;
    }

    static BoundObjective bind(
            CompiledObjective compiled, NDManager parent, DataType dataType, Map<String, ParameterValue> values) {
        NDManager manager = parent.newSubManager();
        List<Node> nodes = compiled.nodes();
        int size = nodes.get(nodes.size() - 1).id() + 1;
        boolean[] needed = neededLater(compiled, size);
        @Nullable Batched[] known = new Batched[size];
        List<Step> steps = new ArrayList<>();
        try (MemoryScope scope = MemoryScope.open()) {
            LeafTensors leaves = new LeafTensors(manager, dataType, values);
            for (Node node : nodes) {
                if (node.isVariable()) {
                    steps.add(Step.of(node));
                } else {
                    known[node.id()] = node.inputs().isEmpty()
                            ? leaves.tensor(node)
                            : Step.of(node).compute(known);
                }
            }
            for (int id = 0; id < size; id++) {
                Batched tensor = known[id];
                if (tensor != null && needed[id]) {
                    own(manager, scope.keep(tensor.array()));
                } else {
                    known[id] = null;
                }
            }
        }
        // What a scope around keeps for itself is the manager's from here on.
        for (Batched tensor : known) {
            if (tensor != null) {
                NDScope.unregister(tensor.array());
            }
        }
        return new BoundObjective(
                compiled,
                manager,
                List.copyOf(steps),
                known,
                () -> bind(compiled.directionalDerivative(), manager, dataType, values));
    }

    private static void own(NDManager manager, NDArray array) {
        array.attach(manager);
    }

    /** Which of the nodes without x are inputs of nodes with it. */
    private static boolean[] neededLater(CompiledObjective compiled, int size) {
        boolean[] needed = new boolean[size];
        for (Node node : compiled.nodes()) {
            for (Node input : node.inputs()) {
                needed[input.id()] |= node.isVariable() && !input.isVariable();
            }
        }
        return needed;
    }

    /** The number of variables n. */
    public int dimension() {
        return compiled.dimension();
    }

    /** What is computed here. */
    public CompiledObjective compiled() {
        return compiled;
    }

    /**
     * The objective's values, or the residuals.
     *
     * @param x the points, {@code [B, n]}
     * @return {@code [B]}, or {@code [B, m]} for residuals; with the history of x where it has one
     */
    public NDArray apply(NDArray x) {
        return compute(x, null);
    }

    /**
     * The derivative of the value along a direction, exactly: {@code grad f(x) . v}. Differentiated by x once more it gives
     * the Hessian's product with v, by one pass over an ordinary graph.
     *
     * @param x the points, {@code [B, n]}
     * @param direction v, {@code [B, n]}
     * @return {@code [B]}, with the history of x and of v where they have one
     */
    public NDArray directionalDerivative(NDArray x, NDArray direction) {
        return derivative().compute(x, direction);
    }

    private BoundObjective derivative() {
        if (derivative == null) {
            derivative = derive.get();
        }
        return derivative;
    }

    private NDArray compute(NDArray x, @Nullable NDArray direction) {
        @Nullable Batched[] slots = known.clone();
        for (Step step : steps) {
            if (step.operation() instanceof Operation.Variable) {
                slots[step.slot()] = new Batched(x, true);
            } else if (step.operation() instanceof Operation.Direction && direction != null) {
                slots[step.slot()] = new Batched(direction, true);
            } else {
                slots[step.slot()] = step.compute(slots);
            }
        }
        Batched result = slots[compiled.result().id()];
        if (result == null) {
            throw new IllegalStateException("The result (%d) was not computed."
                    .formatted(compiled.result().id()));
        }
        result.array().attach(x.getManager());
        return result.array();
    }

    /** Whether some parameter differs between the items. */
    public boolean isPerItem() {
        for (Batched tensor : known) {
            if (tensor != null && tensor.perItem()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The objective of some of the items. Closing it frees what it added to this one; it is closed with this one at the latest.
     *
     * @param rows the items, in their new order, repeated where wanted
     * @return this one, which is not to be closed for the selection, where all items share their parameters
     */
    public BoundObjective select(int[] rows) {
        return select(rows, manager);
    }

    private BoundObjective select(int[] rows, NDManager parent) {
        if (!isPerItem()) {
            return this;
        }
        NDManager own = parent.newSubManager();
        @Nullable Batched[] selected = known.clone();
        for (int id = 0; id < known.length; id++) {
            Batched tensor = known[id];
            if (tensor != null && tensor.perItem()) {
                selected[id] = new Batched(rows(own, tensor.array(), rows), true);
            }
        }
        return new BoundObjective(
                compiled, own, steps, selected, () -> derivative().select(rows, own));
    }

    private static NDArray rows(NDManager owner, NDArray array, int[] rows) {
        NDArray picked = picked(owner, array, rows);
        // An optimizer selects within a step, and goes on with the selection after it.
        NDScope.unregister(picked);
        return picked;
    }

    private static NDArray picked(NDManager owner, NDArray array, int[] rows) {
        try (MemoryScope scope = MemoryScope.open()) {
            long[] indices = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                indices[i] = rows[i];
            }
            NDArray picked = scope.keep(array.get(Tensors.of(owner, indices)));
            own(owner, picked);
            return picked;
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    /** One node to compute, its inputs by slot. */
    private record Step(int slot, Operation operation, int[] inputs) {

        static Step of(Node node) {
            return new Step(
                    node.id(),
                    node.operation(),
                    node.inputs().stream().mapToInt(Node::id).toArray());
        }

        Batched compute(@Nullable Batched[] slots) {
            Batched[] values = new Batched[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                Batched input = slots[inputs[i]];
                if (input == null) {
                    throw new IllegalStateException("The input (%d) was not computed.".formatted(inputs[i]));
                }
                values[i] = input;
            }
            return operation.compute(values);
        }
    }
}

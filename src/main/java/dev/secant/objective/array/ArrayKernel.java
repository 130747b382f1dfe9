package dev.secant.objective.array;

import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.Operation;
import java.util.List;

/**
 * One operation on plain arrays of one item: what {@link Operation#compute} is on tensors of a batch. Numbers stand row by
 * row; conditions are 0 and 1. A kernel has no state.
 */
interface ArrayKernel {

    /**
     * Computes the node.
     *
     * @param values by slot: the inputs' are there, the node's own is overwritten
     */
    void forward(double[][] values);

    /**
     * Adds the node's adjoint, times the derivatives, to those of its inputs.
     *
     * @param values by slot
     * @param adjoints by slot; null where the input does not depend on x
     */
    void backward(double[][] values, double[][] adjoints);

    /** The kernel of a node with inputs. */
    static ArrayKernel of(Node node) {
        Operation operation = node.operation();
        int out = node.id();
        List<Node> inputs = node.inputs();
        int first = inputs.get(0).id();
        if (operation instanceof Operation.Map map) {
            return new MapKernel(map.function(), first, out);
        } else if (operation instanceof Operation.Combine combine) {
            return CombineKernel.of(combine.function(), first, inputs.get(1).id(), out);
        } else if (operation instanceof Operation.Choose) {
            return new ChooseKernel(first, inputs.get(1).id(), inputs.get(2).id(), out);
        } else if (operation instanceof Operation.Not) {
            return new NotKernel(first, out);
        } else if (operation instanceof Operation.Reduce reduce) {
            return ReduceKernel.of(reduce, inputs.get(0).type(), first, out);
        } else if (operation instanceof Operation.MatrixProduct) {
            return ProductKernel.of(node);
        } else if (operation instanceof Operation.Outer) {
            return ProductKernel.outer(node);
        } else if (operation instanceof Operation.CumulativeSum) {
            return new CumulativeKernel(first, out);
        } else if (operation instanceof Operation.Pick pick) {
            return MoveKernel.pick(pick, inputs.get(0).type(), first, out);
        } else if (operation instanceof Operation.Transpose) {
            return MoveKernel.transpose(inputs.get(0).type(), first, out);
        } else if (operation instanceof Operation.Reshape
                || operation instanceof Operation.Join
                || operation instanceof Operation.StackRows) {
            return new ConcatenateKernel(inputs.stream().mapToInt(Node::id).toArray(), out);
        }
        throw new IllegalStateException("The leaf (%s) is not computed.".formatted(operation));
    }
}

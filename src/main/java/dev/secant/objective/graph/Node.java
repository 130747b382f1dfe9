package dev.secant.objective.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a compiled formula; nodes are joined where they do the same with the same inputs, so they compare by
 * identity.
 */
public final class Node {

    private final int id;
    private final Operation operation;
    private final List<Node> inputs;
    private final TensorType type;
    private final boolean variable;
    private final boolean ofPoint;
    private final boolean gradient;

    Node(int id, Operation operation, List<Node> inputs, TensorType type) {
        this.id = id;
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        this.type = type;
        this.ofPoint =
                operation instanceof Operation.Variable || inputs.stream().anyMatch(Node::dependsOnPoint);
        this.gradient = operation instanceof Operation.Variable
                || (!type.logical() && inputs.stream().anyMatch(Node::hasGradient));
        this.variable = ofPoint
                || operation instanceof Operation.Direction
                || inputs.stream().anyMatch(Node::isVariable);
    }

    /** In the order of creation: inputs have smaller ones. */
    public int id() {
        return id;
    }

    public Operation operation() {
        return operation;
    }

    public List<Node> inputs() {
        return inputs;
    }

    public TensorType type() {
        return type;
    }

    /** Whether it depends on the point, or on a direction there. */
    public boolean isVariable() {
        return variable;
    }

    /** Whether it depends on the point, so that it has a part in the gradient. */
    public boolean dependsOnPoint() {
        return ofPoint;
    }

    /** Whether a gradient by the point passes through it: none passes through conditions. */
    public boolean hasGradient() {
        return gradient;
    }

    /** The number it is, if that is known now. */
    @Nullable
    public Double scalarConstant() {
        return operation instanceof Operation.Scalar scalar ? scalar.value() : null;
    }
}

package dev.secant.objective.graph;

import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.objective.syntax.FormulaPrinter;
import dev.secant.objective.syntax.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes nodes: joins common subexpressions, folds constants, replaces powers by products, and counts what all this will
 * cost before any of it is computed.
 */
public final class GraphBuilder {

    private static final int LARGEST_UNROLLED_POWER = 16;

    private final ExpressionLimits limits;
    private final Map<Key, Node> nodes = new HashMap<>();
    private final List<Node> created = new ArrayList<>();
    private long totalElements;
    private Position at = Position.NONE;

    public GraphBuilder(ExpressionLimits limits) {
        this.limits = limits;
    }

    /** Where the expression stands that nodes are made for, for messages about limits. */
    void at(Position position) {
        at = position;
    }

    /** In the order of creation. */
    List<Node> nodes() {
        return created;
    }

    Node scalar(double value) {
        return node(new Operation.Scalar(value), List.of(), TensorType.SCALAR);
    }

    public Node node(Operation operation, List<Node> inputs, TensorType type) {
        // A literal's own list of numbers is short; the rest of an operation is a few words.
        Key key = new Key(operation, inputs.stream().map(Node::id).toList(), type);
        Node known = nodes.get(key);
        if (known != null) {
            return known;
        }
        charge(operation, type);
        Node made = new Node(created.size(), operation, inputs, type);
        nodes.put(key, made);
        created.add(made);
        return made;
    }

    private void charge(Operation operation, TensorType type) {
        if (created.size() >= limits.nodes()) {
            throw new ExpressionException(
                    at,
                    "The formula needs more than %d operations. Maybe write it with vectors."
                            .formatted(limits.nodes()));
        }
        if (operation instanceof Operation.Parameter) {
            // Posted numbers are there already.
            return;
        }
        checkElements((double) type.elements());
        totalElements += type.elements();
        if (totalElements > limits.totalElements()) {
            throw new ExpressionException(
                    at,
                    "The intermediate results hold more than %d numbers for one point."
                            .formatted(limits.totalElements()));
        }
    }

    void checkElements(double elements) {
        if (elements > limits.tensorElements()) {
            throw new ExpressionException(
                    at,
                    "This would hold %s numbers; at most %d are allowed."
                            .formatted(FormulaPrinter.number(elements), limits.tensorElements()));
        }
    }

    Node map(Elementwise function, Node a) {
        Double value = a.scalarConstant();
        if (value != null) {
            return scalar(function.fold(value));
        }
        if (function == Elementwise.NEGATE
                && a.operation() instanceof Operation.Map inner
                && inner.function() == Elementwise.NEGATE) {
            return a.inputs().get(0);
        }
        if (function == Elementwise.SQUARE && isConstantLess(a)) {
            // (1 - x)^2 is (x - 1)^2 to the last bit, and saves the gradient a negation.
            Node turned =
                    combine(Pairwise.SUBTRACT, a.inputs().get(1), a.inputs().get(0));
            return node(new Operation.Map(function), List.of(turned), a.type());
        }
        return node(new Operation.Map(function), List.of(a), a.type());
    }

    private static boolean isConstantLess(Node a) {
        return a.operation() instanceof Operation.Combine outer
                && outer.function() == Pairwise.SUBTRACT
                && a.inputs().get(0).scalarConstant() != null;
    }

    /** Operands of the same shape, or one of them a scalar. */
    Node combine(Pairwise function, Node a, Node b) {
        TensorType shape = a.type().isScalar() ? b.type() : a.type();
        TensorType type = shape.as(function.isLogical());
        Double left = a.scalarConstant();
        Double right = b.scalarConstant();
        if (left != null && right != null && !function.isLogical()) {
            return scalar(function.fold(left, right));
        }
        if (function == Pairwise.POWER && right != null) {
            return power(a, right);
        }
        if (right != null && neutralOnTheRight(function, right)) {
            return a;
        }
        if (left != null && neutralOnTheLeft(function, left)) {
            return b;
        }
        if (function == Pairwise.MULTIPLY && a == b) {
            return map(Elementwise.SQUARE, a);
        }
        return node(new Operation.Combine(function), List.of(a, b), type);
    }

    private static boolean neutralOnTheRight(Pairwise function, double value) {
        return switch (function) {
            case ADD, SUBTRACT -> value == 0;
            case MULTIPLY, DIVIDE -> value == 1;
            default -> false;
        };
    }

    private static boolean neutralOnTheLeft(Pairwise function, double value) {
        return (function == Pairwise.ADD && value == 0) || (function == Pairwise.MULTIPLY && value == 1);
    }

    /** Whole powers become products, which are exact for negative bases and have cheap gradients. */
    private Node power(Node base, double exponent) {
        if (exponent == 0.5) {
            return map(Elementwise.SQRT, base);
        }
        if (exponent == 0) {
            return filled(1, base.type());
        }
        if (exponent != Math.rint(exponent) || Math.abs(exponent) > LARGEST_UNROLLED_POWER) {
            return node(new Operation.Combine(Pairwise.POWER), List.of(base, scalar(exponent)), base.type());
        }
        Node product = wholePower(base, (int) Math.abs(exponent));
        return exponent > 0 ? product : combine(Pairwise.DIVIDE, scalar(1), product);
    }

    private Node wholePower(Node base, int exponent) {
        if (exponent == 1) {
            return base;
        }
        Node half = wholePower(base, exponent / 2);
        Node square = map(Elementwise.SQUARE, half);
        return exponent % 2 == 0 ? square : combine(Pairwise.MULTIPLY, square, base);
    }

    Node filled(double value, TensorType type) {
        return type.isScalar() ? scalar(value) : node(new Operation.Filled(value), List.of(), type);
    }

    /** {@code axis} -1 over everything. */
    Node reduce(Reduction reduction, int axis, Node a) {
        if (a.type().isScalar()) {
            return reduction == Reduction.NORM ? map(Elementwise.ABS, a) : a;
        }
        TensorType type = axis < 0
                ? TensorType.SCALAR
                : TensorType.vector(a.type().dimensions().get(1 - axis));
        return node(new Operation.Reduce(reduction, axis), List.of(a), type);
    }

    /** The sum of the products of two vectors, or matrices, of the same shape. */
    Node dot(Node a, Node b) {
        return reduce(Reduction.SUM, -1, combine(Pairwise.MULTIPLY, a, b));
    }

    /** Scalars and vectors in one vector. */
    Node join(List<Node> parts) {
        long elements = parts.stream().mapToLong(part -> part.type().elements()).sum();
        checkElements((double) elements);
        int length = (int) elements;
        if (parts.stream().allMatch(part -> part.scalarConstant() != null)) {
            List<Double> values = parts.stream()
                    .map(part -> Objects.requireNonNull(part.scalarConstant()))
                    .toList();
            return node(new Operation.Numbers(values), List.of(), TensorType.vector(length));
        }
        return parts.size() == 1 && parts.get(0).type().isVector()
                ? parts.get(0)
                : node(new Operation.Join(), parts, TensorType.vector(length));
    }

    /** The same numbers in another shape. */
    Node reshape(Node a, TensorType type) {
        return a.type().equals(type) ? a : node(new Operation.Reshape(type.dimensions()), List.of(a), type);
    }

    private record Key(Operation operation, List<Integer> inputs, TensorType type) {}
}

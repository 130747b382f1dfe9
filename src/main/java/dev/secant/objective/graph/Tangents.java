package dev.secant.objective.graph;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules of differentiation: the tangent of a node from those of its inputs; null for zero. */
public final class Tangents {

    private final GraphBuilder graph;
    private final Function<Node, @Nullable Node> tangents;
    private final ReductionTangents reductions;

    /**
     * @param graph makes nodes
     * @param tangents of any node
     */
    public Tangents(GraphBuilder graph, Function<Node, @Nullable Node> tangents) {
        this.graph = graph;
        this.tangents = tangents;
        this.reductions = new ReductionTangents(graph, tangents);
    }

    /** The tangent of a node that depends on the point. */
    @Nullable
    public Node of(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Operation.Variable) {
            return graph.node(new Operation.Direction(), List.of(), node.type());
        } else if (node.type().logical() || operation instanceof Operation.Direction) {
            return null;
        } else if (operation instanceof Operation.Map map) {
            return map(map.function(), node);
        } else if (operation instanceof Operation.Combine combine) {
            return combine(combine.function(), node);
        } else if (operation instanceof Operation.Reduce reduce) {
            Node tangent = tangents.apply(node.inputs().get(0));
            return tangent == null ? null : reductions.of(reduce, node, tangent);
        } else if (operation instanceof Operation.Choose) {
            return choose(node);
        } else if (operation instanceof Operation.MatrixProduct || operation instanceof Operation.Outer) {
            return bilinear(node);
        }
        return linear(node);
    }

    /** Zero, as a function of x. */
    public Node zero(int dimension) {
        Node x = graph.node(new Operation.Variable(), List.of(), TensorType.vector(dimension));
        Node direction = graph.node(new Operation.Direction(), List.of(), x.type());
        return times(graph.scalar(0), times(graph.dot(x, x), graph.dot(direction, direction)));
    }

    /** A scalar's tangent where a vector's or matrix's is due. */
    public Node stretched(Node tangent, TensorType type) {
        return tangent.type().dimensions().equals(type.dimensions())
                ? tangent
                : graph.combine(Pairwise.ADD, tangent, graph.filled(0, type));
    }

    private @Nullable Node map(Elementwise function, Node y) {
        Node a = y.inputs().get(0);
        Node tangent = tangents.apply(a);
        if (tangent == null || function == Elementwise.SIGN) {
            return null;
        }
        return switch (function) {
            case EXP -> times(y, tangent);
            case LOG -> over(tangent, a);
            case SQRT -> over(tangent, times(graph.scalar(2), y));
            case SIN -> times(graph.map(Elementwise.COS, a), tangent);
            case COS -> graph.map(Elementwise.NEGATE, times(graph.map(Elementwise.SIN, a), tangent));
            case TAN -> times(onePlus(square(y)), tangent);
            case ASIN -> over(tangent, root(oneLess(square(a))));
            case ACOS -> graph.map(Elementwise.NEGATE, over(tangent, root(oneLess(square(a)))));
            case ATAN -> over(tangent, onePlus(square(a)));
            case SINH -> times(graph.map(Elementwise.COSH, a), tangent);
            case COSH -> times(graph.map(Elementwise.SINH, a), tangent);
            case TANH -> times(oneLess(square(y)), tangent);
            case SIGMOID -> times(times(y, graph.map(Elementwise.SIGMOID, graph.map(Elementwise.NEGATE, a))), tangent);
            case SOFTPLUS -> times(graph.map(Elementwise.SIGMOID, a), tangent);
            case ABS -> times(graph.map(Elementwise.SIGN, a), tangent);
            case SQUARE -> times(times(graph.scalar(2), a), tangent);
            case NEGATE -> graph.map(Elementwise.NEGATE, tangent);
            case SIGN -> throw new IllegalStateException("The sign has no tangent.");
        };
    }

    private @Nullable Node combine(Pairwise function, Node y) {
        Node a = y.inputs().get(0);
        Node b = y.inputs().get(1);
        Node left = tangents.apply(a);
        Node right = tangents.apply(b);
        return switch (function) {
            case ADD -> sum(left, right);
            case SUBTRACT -> sum(left, right == null ? null : graph.map(Elementwise.NEGATE, right));
            case MULTIPLY -> sum(left == null ? null : times(left, b), right == null ? null : times(a, right));
            case DIVIDE ->
                sum(
                        left == null ? null : over(left, b),
                        right == null ? null : graph.map(Elementwise.NEGATE, times(over(y, b), right)));
            case POWER -> power(y, left, right);
            case MAXIMUM -> either(graph.combine(Pairwise.GREATER, a, b), y.type(), left, right);
            case MINIMUM -> either(graph.combine(Pairwise.LESS, a, b), y.type(), left, right);
            case LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, UNEQUAL, AND, OR -> null;
        };
    }

    private @Nullable Node power(Node y, @Nullable Node left, @Nullable Node right) {
        Node base = y.inputs().get(0);
        Node exponent = y.inputs().get(1);
        Node fromBase = null;
        if (left != null) {
            Node lower = graph.combine(Pairwise.SUBTRACT, exponent, graph.scalar(1));
            fromBase = times(times(exponent, graph.combine(Pairwise.POWER, base, lower)), left);
        }
        Node fromExponent = null;
        if (right != null) {
            // 0^b is 0 around any b > 0; the logarithm there must not spoil it.
            Node zero = graph.combine(Pairwise.EQUAL, base, graph.scalar(0));
            Node guarded = graph.node(new Operation.Choose(), List.of(zero, graph.scalar(1), base), base.type());
            fromExponent = times(times(y, graph.map(Elementwise.LOG, guarded)), right);
        }
        return sum(fromBase, fromExponent);
    }

    private @Nullable Node choose(Node y) {
        return either(
                y.inputs().get(0),
                y.type(),
                tangents.apply(y.inputs().get(1)),
                tangents.apply(y.inputs().get(2)));
    }

    private @Nullable Node either(Node condition, TensorType type, @Nullable Node a, @Nullable Node b) {
        if (a == null && b == null) {
            return null;
        }
        Node zero = graph.scalar(0);
        return graph.node(new Operation.Choose(), List.of(condition, a == null ? zero : a, b == null ? zero : b), type);
    }

    /** {@code d(a b) = da b + a db}, whatever the product is. */
    private @Nullable Node bilinear(Node y) {
        Node a = y.inputs().get(0);
        Node b = y.inputs().get(1);
        Node left = tangents.apply(a);
        Node right = tangents.apply(b);
        return sum(
                left == null ? null : graph.node(y.operation(), List.of(left, b), y.type()),
                right == null ? null : graph.node(y.operation(), List.of(a, right), y.type()));
    }

    /** The operation itself, of the tangents. */
    private @Nullable Node linear(Node y) {
        if (y.inputs().stream().allMatch(input -> tangents.apply(input) == null)) {
            return null;
        }
        List<Node> inputs = y.inputs().stream()
                .map(input -> {
                    Node tangent = tangents.apply(input);
                    return tangent == null ? graph.filled(0, input.type()) : tangent;
                })
                .toList();
        return graph.node(y.operation(), inputs, y.type());
    }

    private @Nullable Node sum(@Nullable Node a, @Nullable Node b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return graph.combine(Pairwise.ADD, a, b);
    }

    private Node times(Node a, Node b) {
        return graph.combine(Pairwise.MULTIPLY, a, b);
    }

    private Node over(Node a, Node b) {
        return graph.combine(Pairwise.DIVIDE, a, b);
    }

    private Node square(Node a) {
        return graph.map(Elementwise.SQUARE, a);
    }

    private Node root(Node a) {
        return graph.map(Elementwise.SQRT, a);
    }

    private Node onePlus(Node a) {
        return graph.combine(Pairwise.ADD, graph.scalar(1), a);
    }

    private Node oneLess(Node a) {
        return graph.combine(Pairwise.SUBTRACT, graph.scalar(1), a);
    }
}

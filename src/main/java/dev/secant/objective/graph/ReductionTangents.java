package dev.secant.objective.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules of differentiation for what makes one number of many. */
final class ReductionTangents {

    private final GraphBuilder graph;
    private final Function<Node, @Nullable Node> tangents;

    ReductionTangents(GraphBuilder graph, Function<Node, @Nullable Node> tangents) {
        this.graph = graph;
        this.tangents = tangents;
    }

    /**
     * The tangent of {@code y}.
     *
     * @param tangent of its input
     */
    @Nullable
    Node of(Operation.Reduce reduce, Node y, Node tangent) {
        Node a = y.inputs().get(0);
        int axis = reduce.axis();
        return switch (reduce.reduction()) {
            case SUM, MEAN -> graph.reduce(reduce.reduction(), axis, tangent);
            case PROD -> tangents.apply(product(a, axis));
            case MIN, MAX -> extreme(a, y, axis, tangent);
            case NORM -> norm(a, y, axis, tangent);
            case LOGSUMEXP -> {
                Node shares = graph.map(Elementwise.EXP, graph.combine(Pairwise.SUBTRACT, a, spread(y, a, axis)));
                yield sum(axis, graph.combine(Pairwise.MULTIPLY, shares, tangent));
            }
        };
    }

    /** At a tie, where there is no derivative, the mean of the tangents. */
    private Node extreme(Node a, Node y, int axis, Node tangent) {
        Node there = graph.combine(Pairwise.EQUAL, a, spread(y, a, axis));
        Node zero = graph.scalar(0);
        Node ties = graph.node(new Operation.Choose(), List.of(there, graph.scalar(1), zero), a.type());
        Node chosen = graph.node(new Operation.Choose(), List.of(there, tangent, zero), a.type());
        return graph.combine(Pairwise.DIVIDE, sum(axis, chosen), sum(axis, ties));
    }

    /** Zero at the origin, as the engine's gradient is. */
    private Node norm(Node a, Node y, int axis, Node tangent) {
        Node origin = graph.combine(Pairwise.EQUAL, y, graph.scalar(0));
        Node length = graph.node(new Operation.Choose(), List.of(origin, graph.scalar(1), y), y.type());
        Node slope = sum(axis, graph.combine(Pairwise.MULTIPLY, a, tangent));
        Node quotient = graph.combine(Pairwise.DIVIDE, slope, length);
        return graph.node(new Operation.Choose(), List.of(origin, graph.scalar(0), quotient), y.type());
    }

    private Node sum(int axis, Node a) {
        return graph.reduce(Reduction.SUM, axis, a);
    }

    /** A result of a reduction, in the shape of what was reduced. */
    private Node spread(Node y, Node a, int axis) {
        if (axis < 0) {
            return y;
        }
        Node ones = graph.filled(1, TensorType.vector(a.type().dimensions().get(axis)));
        return graph.node(new Operation.Outer(), axis == 0 ? List.of(ones, y) : List.of(y, ones), a.type());
    }

    /**
     * A product of many as products of two: of the halves, and of those again. Its tangent is exact where factors are zero,
     * and as cheap as the product.
     */
    private Node product(Node a, int axis) {
        Node factors = axis < 0 && a.type().isMatrix()
                ? graph.reshape(a, TensorType.vector((int) a.type().elements()))
                : a;
        int along = Math.max(axis, 0);
        int count = factors.type().dimensions().get(along);
        if (count == 1) {
            return pick(factors, along, 0, 1, true);
        }
        List<Node> left = new ArrayList<>();
        while (count > 1) {
            int half = count / 2;
            if (count % 2 == 1) {
                left.add(pick(factors, along, count - 1, 1, true));
            }
            Node low = pick(factors, along, 0, half, half == 1);
            Node high = pick(factors, along, half, half, half == 1);
            factors = graph.combine(Pairwise.MULTIPLY, low, high);
            count = half;
        }
        Node product = factors;
        for (Node factor : left) {
            product = graph.combine(Pairwise.MULTIPLY, product, factor);
        }
        return product;
    }

    private Node pick(Node a, int axis, int first, int count, boolean single) {
        List<Selector> selectors = new ArrayList<>();
        List<Integer> dimensions = new ArrayList<>();
        for (int i = 0; i < a.type().rank(); i++) {
            int length = a.type().dimensions().get(i);
            selectors.add(i == axis ? new Selector(first, 1, count, single) : new Selector(0, 1, length, false));
            if (i != axis || !single) {
                dimensions.add(i == axis ? count : length);
            }
        }
        return graph.node(new Operation.Pick(selectors), List.of(a), new TensorType(false, dimensions));
    }
}

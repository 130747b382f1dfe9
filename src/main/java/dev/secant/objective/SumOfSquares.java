package dev.secant.objective;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds r with {@code f = sum(r^2)} where a formula is written as such a sum, so that Gauss-Newton methods apply.
 *
 * <p>Seen through are sums and means of squares, sums of these, and factors that are positive numbers.
 */
final class SumOfSquares {

    private final GraphBuilder graph;
    private final List<Node> residuals = new ArrayList<>();

    private SumOfSquares(GraphBuilder graph) {
        this.graph = graph;
    }

    /** The residual vector, or null where the formula has no such form. */
    static @Nullable Node residuals(GraphBuilder graph, Node objective) {
        SumOfSquares search = new SumOfSquares(graph);
        if (!search.collect(objective, 1)) {
            return null;
        }
        return graph.join(search.residuals);
    }

    /** Adds the residuals of {@code factor * sum of all elements of node}. */
    private boolean collect(Node node, double factor) {
        if (node.operation() instanceof Operation.Reduce reduce) {
            return collectReduction(reduce, node.inputs().get(0), factor);
        } else if (node.operation() instanceof Operation.Combine combine) {
            return collectCombination(combine.function(), node, factor);
        } else if (node.operation() instanceof Operation.Map map && map.function() == Elementwise.SQUARE) {
            return collectSquare(node.inputs().get(0), factor);
        }
        return false;
    }

    private boolean collectReduction(Operation.Reduce reduce, Node input, double factor) {
        if (reduce.reduction() == Reduction.SUM) {
            return collect(input, factor);
        }
        if (reduce.reduction() == Reduction.MEAN) {
            long averaged = reduce.axis() < 0
                    ? input.type().elements()
                    : input.type().dimensions().get(reduce.axis());
            return collect(input, factor / averaged);
        }
        return false;
    }

    private boolean collectCombination(Pairwise function, Node node, double factor) {
        Node a = node.inputs().get(0);
        Node b = node.inputs().get(1);
        Double left = a.scalarConstant();
        Double right = b.scalarConstant();
        if (function == Pairwise.ADD) {
            // A scalar added to each element of a vector counts as often as there are elements.
            return collect(a, factor * node.type().elements() / a.type().elements())
                    && collect(b, factor * node.type().elements() / b.type().elements());
        } else if (function == Pairwise.MULTIPLY && left != null && left > 0) {
            return collect(b, factor * left);
        } else if (function == Pairwise.MULTIPLY && right != null && right > 0) {
            return collect(a, factor * right);
        } else if (function == Pairwise.DIVIDE && right != null && right > 0) {
            return collect(a, factor / right);
        }
        return false;
    }

    private boolean collectSquare(Node root, double factor) {
        if (root.operation() instanceof Operation.Reduce reduce
                && reduce.reduction() == Reduction.NORM
                && reduce.axis() < 0) {
            return collectSquare(root.inputs().get(0), factor);
        }
        Node flat = root.type().isMatrix()
                ? graph.reshape(root, TensorType.vector((int) root.type().elements()))
                : root;
        residuals.add(graph.combine(Pairwise.MULTIPLY, graph.scalar(Math.sqrt(factor)), flat));
        return true;
    }
}

package dev.secant.objective.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds r with {@code f = sum(r^2)} where a formula is written as such a sum, so that Gauss-Newton methods apply.
 *
 * <p>Seen through are sums and means of squares, sums of these, and factors that are positive numbers. A long sum is a
 * deep graph, so what remains to be looked at is a list and not a recursion.
 */
public final class SumOfSquares {

    private final GraphBuilder graph;
    private final List<Node> residuals = new ArrayList<>();
    private final Deque<Term> pending = new ArrayDeque<>();

    private SumOfSquares(GraphBuilder graph) {
        this.graph = graph;
    }

    /** The residual vector, or null where the formula has no such form. */
    public static @Nullable Node residuals(GraphBuilder graph, Node objective) {
        SumOfSquares search = new SumOfSquares(graph);
        search.pending.push(new Term(objective, 1));
        while (!search.pending.isEmpty()) {
            if (!search.open(search.pending.pop())) {
                return null;
            }
        }
        return graph.join(search.residuals);
    }

    /** Replaces a term by what it is the sum of; false if it is no sum of squares. */
    private boolean open(Term term) {
        Node node = term.node();
        if (node.operation() instanceof Operation.Reduce reduce) {
            return openReduction(reduce, node.inputs().get(0), term.factor());
        } else if (node.operation() instanceof Operation.Combine combine) {
            return openCombination(combine.function(), node, term.factor());
        } else if (node.operation() instanceof Operation.Map map && map.function() == Elementwise.SQUARE) {
            addSquare(node.inputs().get(0), term.factor());
            return true;
        }
        return false;
    }

    private boolean openReduction(Operation.Reduce reduce, Node input, double factor) {
        if (reduce.reduction() == Reduction.SUM) {
            pending.push(new Term(input, factor));
            return true;
        } else if (reduce.reduction() == Reduction.MEAN) {
            long averaged = reduce.axis() < 0
                    ? input.type().elements()
                    : input.type().dimensions().get(reduce.axis());
            pending.push(new Term(input, factor / averaged));
            return true;
        }
        return false;
    }

    private boolean openCombination(Pairwise function, Node node, double factor) {
        Node a = node.inputs().get(0);
        Node b = node.inputs().get(1);
        Double left = a.scalarConstant();
        Double right = b.scalarConstant();
        if (function == Pairwise.ADD) {
            // A scalar added to each element of a vector counts as often as there are elements.
            pending.push(new Term(b, factor * node.type().elements() / b.type().elements()));
            pending.push(new Term(a, factor * node.type().elements() / a.type().elements()));
        } else if (function == Pairwise.MULTIPLY && left != null && left > 0) {
            pending.push(new Term(b, factor * left));
        } else if (function == Pairwise.MULTIPLY && right != null && right > 0) {
            pending.push(new Term(a, factor * right));
        } else if (function == Pairwise.DIVIDE && right != null && right > 0) {
            pending.push(new Term(a, factor / right));
        } else {
            return false;
        }
        return true;
    }

    private void addSquare(Node squared, double factor) {
        boolean norm = squared.operation() instanceof Operation.Reduce reduce
                && reduce.reduction() == Reduction.NORM
                && reduce.axis() < 0;
        Node root = norm ? squared.inputs().get(0) : squared;
        Node flat = root.type().isMatrix()
                ? graph.reshape(root, TensorType.vector((int) root.type().elements()))
                : root;
        residuals.add(graph.combine(Pairwise.MULTIPLY, graph.scalar(Math.sqrt(factor)), flat));
    }

    /** {@code factor} times the sum of the elements of {@code node}. */
    private record Term(Node node, double factor) {}
}

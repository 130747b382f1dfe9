package dev.secant.objective.graph;

import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.Position;
import java.util.List;

/** The typing rules of operators between two operands. */
final class OperatorChecker {

    private final GraphBuilder graph;

    OperatorChecker(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Operands of one shape, or a scalar with anything. */
    Node pairwise(Pairwise function, Node a, Node b, Position at) {
        if (function.takesConditions()) {
            conditions(a, function.symbol(), at);
            conditions(b, function.symbol(), at);
        } else {
            numbers(a, function.symbol(), at);
            numbers(b, function.symbol(), at);
        }
        if (!sameShapeOrScalar(a, b)) {
            String advice = "";
            if (function == Pairwise.MULTIPLY
                    && (a.type().isMatrix() || b.type().isMatrix())) {
                advice = " Maybe the matrix product @ is meant.";
            } else if (function == Pairwise.MULTIPLY) {
                advice = " Maybe outer(a, b) is meant.";
            }
            throw new ExpressionException(
                    at,
                    "%s needs operands of one shape, or a scalar: the left is %s, the right %s.%s"
                            .formatted(function.symbol(), a.type(), b.type(), advice));
        }
        return graph.combine(function, a, b);
    }

    Node matrixProduct(Node a, Node b, Position at) {
        numbers(a, "@", at);
        numbers(b, "@", at);
        List<Integer> left = a.type().dimensions();
        List<Integer> right = b.type().dimensions();
        if (left.isEmpty() || right.isEmpty() || !left.get(left.size() - 1).equals(right.get(0))) {
            throw new ExpressionException(
                    at,
                    "@ needs the columns of the left to be as many as the rows of the right: the left is %s, the right %s.%s"
                            .formatted(
                                    a.type(), b.type(), left.isEmpty() || right.isEmpty() ? " Maybe * is meant." : ""));
        }
        if (left.size() == 1 && right.size() == 1) {
            return graph.dot(a, b);
        }
        TensorType type;
        if (left.size() == 2 && right.size() == 2) {
            graph.checkElements((double) left.get(0) * right.get(1));
            type = TensorType.matrix(left.get(0), right.get(1));
        } else {
            type = TensorType.vector(left.size() == 2 ? left.get(0) : right.get(1));
        }
        return graph.node(new Operation.MatrixProduct(), List.of(a, b), type);
    }

    static Node numbers(Node node, String by, Position at) {
        if (node.type().logical()) {
            throw new ExpressionException(
                    at,
                    "%s needs numbers; this is %s. Maybe where(condition, a, b) is meant.".formatted(by, node.type()));
        }
        return node;
    }

    static Node conditions(Node node, String by, Position at) {
        if (!node.type().logical()) {
            throw new ExpressionException(
                    at, "%s needs conditions; this is %s. Maybe compare it: a > 0.".formatted(by, node.type()));
        }
        return node;
    }

    static boolean sameShapeOrScalar(Node a, Node b) {
        return a.type().isScalar()
                || b.type().isScalar()
                || a.type().dimensions().equals(b.type().dimensions());
    }
}

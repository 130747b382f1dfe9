package dev.secant.objective.graph;

import dev.secant.objective.syntax.Builtin;
import dev.secant.objective.syntax.Expression;
import dev.secant.objective.syntax.ExpressionException;
import java.util.List;

/** The typing rules of functions. */
final class CallChecker {

    private final GraphBuilder graph;
    private final OperatorChecker operators;

    CallChecker(GraphBuilder graph, OperatorChecker operators) {
        this.graph = graph;
        this.operators = operators;
    }

    Node call(Builtin function, Expression.Call call, List<Node> nodes) {
        Arguments arguments = new Arguments(function, call, nodes);
        return switch (function) {
            case EXP,
                    LOG,
                    SQRT,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    SIGMOID,
                    SOFTPLUS,
                    ABS,
                    SIGN,
                    SQUARE -> graph.map(Elementwise.valueOf(function.name()), arguments.only());
            case SUM, MEAN, PROD, NORM, LOGSUMEXP -> reduction(arguments);
            case MIN, MAX -> extreme(arguments);
            case HUBER -> huber(arguments);
            case DOT -> dot(arguments);
            case OUTER -> outer(arguments);
            case TRANSPOSE -> transpose(onlyMatrix(arguments));
            case CUMSUM -> {
                Node a = onlyVector(arguments);
                yield graph.node(new Operation.CumulativeSum(), List.of(a), a.type());
            }
            case WHERE -> where(arguments);
            case CONCAT -> concat(arguments);
            case RESHAPE -> reshape(arguments);
            case ZEROS -> filled(arguments, 0);
            case ONES -> filled(arguments, 1);
            case LENGTH -> graph.scalar(onlyVector(arguments).type().length());
            case ROWS -> graph.scalar(onlyMatrix(arguments).type().rows());
            case COLUMNS -> graph.scalar(onlyMatrix(arguments).type().columns());
        };
    }

    private static Node onlyVector(Arguments arguments) {
        arguments.only();
        return arguments.vector(0);
    }

    private static Node onlyMatrix(Arguments arguments) {
        arguments.only();
        return arguments.matrix(0);
    }

    private Node reduction(Arguments arguments) {
        arguments.requireCount(1, 2);
        Reduction reduction = Reduction.valueOf(arguments.function().name());
        Node a = arguments.numbers(0);
        if (arguments.count() == 1) {
            return graph.reduce(reduction, -1, a);
        }
        Double axis = arguments.any(1).scalarConstant();
        if (!a.type().isMatrix() || axis == null || (axis != 1 && axis != 2)) {
            throw arguments.wrong(
                    1, "an axis (1: down the columns, 2: along the rows) of a matrix", "the axis of " + a.type());
        }
        return graph.reduce(reduction, axis.intValue() - 1, a);
    }

    private Node extreme(Arguments arguments) {
        Builtin function = arguments.function();
        if (arguments.count() == 1) {
            return graph.reduce(Reduction.valueOf(function.name()), -1, arguments.numbers(0));
        }
        arguments.requireCount(2, 2);
        return operators.pairwise(
                function == Builtin.MIN ? Pairwise.MINIMUM : Pairwise.MAXIMUM,
                arguments.any(0),
                arguments.any(1),
                arguments.call().at());
    }

    private Node huber(Arguments arguments) {
        arguments.requireCount(2, 2);
        Node a = arguments.numbers(0);
        Node delta = arguments.scalar(1);
        Node size = graph.map(Elementwise.ABS, a);
        Node half = graph.scalar(0.5);
        Node inside = graph.combine(Pairwise.MULTIPLY, half, graph.map(Elementwise.SQUARE, a));
        Node outside = graph.combine(
                Pairwise.MULTIPLY,
                delta,
                graph.combine(Pairwise.SUBTRACT, size, graph.combine(Pairwise.MULTIPLY, half, delta)));
        return choose(graph.combine(Pairwise.AT_MOST, size, delta), inside, outside);
    }

    private Node dot(Arguments arguments) {
        arguments.requireCount(2, 2);
        Node a = arguments.vector(0);
        Node b = arguments.vector(1);
        if (!a.type().equals(b.type())) {
            throw arguments.wrong(1, a.type().toString(), b.type().toString());
        }
        return graph.dot(a, b);
    }

    private Node outer(Arguments arguments) {
        arguments.requireCount(2, 2);
        Node a = arguments.vector(0);
        Node b = arguments.vector(1);
        graph.checkElements((double) a.type().length() * b.type().length());
        return graph.node(
                new Operation.Outer(),
                List.of(a, b),
                TensorType.matrix(a.type().length(), b.type().length()));
    }

    private Node transpose(Node a) {
        if (a.operation() instanceof Operation.Transpose) {
            return a.inputs().get(0);
        }
        return graph.node(
                new Operation.Transpose(),
                List.of(a),
                TensorType.matrix(a.type().columns(), a.type().rows()));
    }

    private Node where(Arguments arguments) {
        arguments.requireCount(3, 3);
        Node condition = OperatorChecker.conditions(arguments.any(0), "The first argument of where", arguments.at(0));
        Node a = arguments.numbers(1);
        Node b = arguments.numbers(2);
        if (!OperatorChecker.sameShapeOrScalar(a, b)
                || !OperatorChecker.sameShapeOrScalar(condition, a)
                || !OperatorChecker.sameShapeOrScalar(condition, b)) {
            throw new ExpressionException(
                    arguments.call().at(),
                    "where needs arguments of one shape, or scalars: these are %s, %s and %s."
                            .formatted(condition.type(), a.type(), b.type()));
        }
        return choose(condition, a, b);
    }

    private Node choose(Node condition, Node a, Node b) {
        TensorType shape = condition.type();
        for (Node node : List.of(a, b)) {
            shape = node.type().rank() > shape.rank() ? node.type() : shape;
        }
        return graph.node(new Operation.Choose(), List.of(condition, a, b), shape.as(false));
    }

    private Node concat(Arguments arguments) {
        arguments.requireCount(1, Integer.MAX_VALUE);
        for (int i = 0; i < arguments.count(); i++) {
            Node part = arguments.numbers(i);
            if (part.type().isMatrix()) {
                throw arguments.wrong(i, "a scalar or a vector", part.type().toString());
            }
        }
        return graph.join(arguments.nodes());
    }

    private Node reshape(Arguments arguments) {
        arguments.requireCount(3, 3);
        Node a = arguments.numbers(0);
        int rows = size(arguments, 1);
        int columns = size(arguments, 2);
        if ((long) rows * columns != a.type().elements()) {
            throw new ExpressionException(
                    arguments.call().at(),
                    "A %d x %d matrix holds %d numbers; this is %s."
                            .formatted(rows, columns, (long) rows * columns, a.type()));
        }
        return graph.reshape(a, TensorType.matrix(rows, columns));
    }

    private Node filled(Arguments arguments, double value) {
        arguments.requireCount(1, 2);
        int first = size(arguments, 0);
        if (arguments.count() == 1) {
            return graph.filled(value, TensorType.vector(first));
        }
        int second = size(arguments, 1);
        graph.checkElements((double) first * second);
        return graph.filled(value, TensorType.matrix(first, second));
    }

    private int size(Arguments arguments, int index) {
        int size = arguments.size(index);
        graph.checkElements(size);
        return size;
    }
}

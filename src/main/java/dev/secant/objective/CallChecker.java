package dev.secant.objective;

import java.util.List;

/** The typing rules of functions and of operators between two operands. */
final class CallChecker {

    private final GraphBuilder graph;

    CallChecker(GraphBuilder graph) {
        this.graph = graph;
    }

    Node call(Builtin function, Expression.Call call, List<Node> arguments) {
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
                    SQUARE -> graph.map(Elementwise.valueOf(function.name()), only(function, call, arguments));
            case SUM, MEAN, PROD, NORM, LOGSUMEXP -> reduction(function, call, arguments);
            case MIN, MAX -> extreme(function, call, arguments);
            case HUBER -> huber(call, arguments);
            case DOT -> dot(call, arguments);
            case OUTER -> outer(call, arguments);
            case TRANSPOSE -> transpose(call, arguments);
            case CUMSUM -> {
                Node a = vector(function, call, 0, only(function, call, arguments));
                yield graph.node(new Operation.CumulativeSum(), List.of(a), a.type());
            }
            case WHERE -> where(call, arguments);
            case CONCAT -> concat(call, arguments);
            case RESHAPE -> reshape(call, arguments);
            case ZEROS -> filled(function, call, arguments, 0);
            case ONES -> filled(function, call, arguments, 1);
            case LENGTH ->
                graph.scalar(vector(function, call, 0, only(function, call, arguments))
                        .type()
                        .length());
            case ROWS ->
                graph.scalar(matrix(function, call, 0, only(function, call, arguments))
                        .type()
                        .rows());
            case COLUMNS ->
                graph.scalar(matrix(function, call, 0, only(function, call, arguments))
                        .type()
                        .columns());
        };
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

    Node numbers(Node node, String by, Position at) {
        if (node.type().logical()) {
            throw new ExpressionException(
                    at,
                    "%s needs numbers; this is %s. Maybe where(condition, a, b) is meant.".formatted(by, node.type()));
        }
        return node;
    }

    Node conditions(Node node, String by, Position at) {
        if (!node.type().logical()) {
            throw new ExpressionException(
                    at, "%s needs conditions; this is %s. Maybe compare it: a > 0.".formatted(by, node.type()));
        }
        return node;
    }

    private static boolean sameShapeOrScalar(Node a, Node b) {
        return a.type().isScalar()
                || b.type().isScalar()
                || a.type().dimensions().equals(b.type().dimensions());
    }

    private Node reduction(Builtin function, Expression.Call call, List<Node> arguments) {
        count(function, call, 1, 2);
        Reduction reduction = Reduction.valueOf(function.name());
        Node a = numbers(arguments.get(0), function.written(), at(call, 0));
        if (arguments.size() == 1) {
            return graph.reduce(reduction, -1, a);
        }
        Double axis = arguments.get(1).scalarConstant();
        if (!a.type().isMatrix() || axis == null || (axis != 1 && axis != 2)) {
            throw wrong(
                    function,
                    call,
                    1,
                    "an axis (1: down the columns, 2: along the rows) of a matrix",
                    "the axis of " + a.type());
        }
        return graph.reduce(reduction, axis.intValue() - 1, a);
    }

    private Node extreme(Builtin function, Expression.Call call, List<Node> arguments) {
        if (arguments.size() == 1) {
            Node a = numbers(arguments.get(0), function.written(), at(call, 0));
            return graph.reduce(Reduction.valueOf(function.name()), -1, a);
        }
        count(function, call, 2, 2);
        return pairwise(
                function == Builtin.MIN ? Pairwise.MINIMUM : Pairwise.MAXIMUM,
                arguments.get(0),
                arguments.get(1),
                call.at());
    }

    private Node huber(Expression.Call call, List<Node> arguments) {
        count(Builtin.HUBER, call, 2, 2);
        Node a = numbers(arguments.get(0), "huber", at(call, 0));
        Node delta = numbers(arguments.get(1), "huber", at(call, 1));
        if (!delta.type().isScalar()) {
            throw wrong(Builtin.HUBER, call, 1, "a scalar", delta.type().toString());
        }
        Node size = graph.map(Elementwise.ABS, a);
        Node half = graph.scalar(0.5);
        Node inside = graph.combine(Pairwise.MULTIPLY, half, graph.map(Elementwise.SQUARE, a));
        Node outside = graph.combine(
                Pairwise.MULTIPLY,
                delta,
                graph.combine(Pairwise.SUBTRACT, size, graph.combine(Pairwise.MULTIPLY, half, delta)));
        return choose(graph.combine(Pairwise.AT_MOST, size, delta), inside, outside);
    }

    private Node dot(Expression.Call call, List<Node> arguments) {
        count(Builtin.DOT, call, 2, 2);
        Node a = vector(Builtin.DOT, call, 0, arguments.get(0));
        Node b = vector(Builtin.DOT, call, 1, arguments.get(1));
        if (!a.type().equals(b.type())) {
            throw wrong(Builtin.DOT, call, 1, a.type().toString(), b.type().toString());
        }
        return graph.dot(a, b);
    }

    private Node outer(Expression.Call call, List<Node> arguments) {
        count(Builtin.OUTER, call, 2, 2);
        Node a = vector(Builtin.OUTER, call, 0, arguments.get(0));
        Node b = vector(Builtin.OUTER, call, 1, arguments.get(1));
        graph.checkElements((double) a.type().length() * b.type().length());
        return graph.node(
                new Operation.Outer(),
                List.of(a, b),
                TensorType.matrix(a.type().length(), b.type().length()));
    }

    private Node transpose(Expression.Call call, List<Node> arguments) {
        Node a = matrix(Builtin.TRANSPOSE, call, 0, only(Builtin.TRANSPOSE, call, arguments));
        if (a.operation() instanceof Operation.Transpose) {
            return a.inputs().get(0);
        }
        return graph.node(
                new Operation.Transpose(),
                List.of(a),
                TensorType.matrix(a.type().columns(), a.type().rows()));
    }

    private Node where(Expression.Call call, List<Node> arguments) {
        count(Builtin.WHERE, call, 3, 3);
        Node condition = conditions(arguments.get(0), "The first argument of where", at(call, 0));
        Node a = numbers(arguments.get(1), "where", at(call, 1));
        Node b = numbers(arguments.get(2), "where", at(call, 2));
        if (!sameShapeOrScalar(a, b) || !sameShapeOrScalar(condition, a) || !sameShapeOrScalar(condition, b)) {
            throw new ExpressionException(
                    call.at(),
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

    private Node concat(Expression.Call call, List<Node> arguments) {
        count(Builtin.CONCAT, call, 1, Integer.MAX_VALUE);
        for (int i = 0; i < arguments.size(); i++) {
            Node part = numbers(arguments.get(i), "concat", at(call, i));
            if (part.type().isMatrix()) {
                throw wrong(
                        Builtin.CONCAT,
                        call,
                        i,
                        "a scalar or a vector",
                        part.type().toString());
            }
        }
        return graph.join(arguments);
    }

    private Node reshape(Expression.Call call, List<Node> arguments) {
        count(Builtin.RESHAPE, call, 3, 3);
        Node a = numbers(arguments.get(0), "reshape", at(call, 0));
        int rows = size(Builtin.RESHAPE, call, 1, arguments.get(1));
        int columns = size(Builtin.RESHAPE, call, 2, arguments.get(2));
        if ((long) rows * columns != a.type().elements()) {
            throw new ExpressionException(
                    call.at(),
                    "A %d x %d matrix holds %d numbers; this is %s."
                            .formatted(rows, columns, (long) rows * columns, a.type()));
        }
        return graph.reshape(a, TensorType.matrix(rows, columns));
    }

    private Node filled(Builtin function, Expression.Call call, List<Node> arguments, double value) {
        count(function, call, 1, 2);
        int first = size(function, call, 0, arguments.get(0));
        if (arguments.size() == 1) {
            return graph.filled(value, TensorType.vector(first));
        }
        int second = size(function, call, 1, arguments.get(1));
        graph.checkElements((double) first * second);
        return graph.filled(value, TensorType.matrix(first, second));
    }

    private int size(Builtin function, Expression.Call call, int index, Node node) {
        Double value = node.scalarConstant();
        if (value == null || value != Math.rint(value) || value < 1) {
            throw wrong(
                    function,
                    call,
                    index,
                    "a whole number from 1 that is known now (from numbers, n and sizes)",
                    value == null ? node.type() + " that is computed" : FormulaPrinter.number(value));
        }
        graph.checkElements(value);
        return value.intValue();
    }

    private Node only(Builtin function, Expression.Call call, List<Node> arguments) {
        count(function, call, 1, 1);
        return numbers(arguments.get(0), function.written(), at(call, 0));
    }

    private Node vector(Builtin function, Expression.Call call, int index, Node node) {
        if (!node.type().isVector() || node.type().logical()) {
            throw wrong(function, call, index, "a vector", node.type().toString());
        }
        return node;
    }

    private Node matrix(Builtin function, Expression.Call call, int index, Node node) {
        if (!node.type().isMatrix() || node.type().logical()) {
            throw wrong(function, call, index, "a matrix", node.type().toString());
        }
        return node;
    }

    private static void count(Builtin function, Expression.Call call, int least, int most) {
        int count = call.arguments().size();
        if (count < least || count > most) {
            throw new ExpressionException(
                    call.at(),
                    "%s does not take %d argument%s: it is written %s."
                            .formatted(function.written(), count, count == 1 ? "" : "s", function.signature()));
        }
    }

    private static ExpressionException wrong(
            Builtin function, Expression.Call call, int index, String expected, String found) {
        return new ExpressionException(
                at(call, index),
                "Argument %d of %s must be %s; this is %s."
                        .formatted(index + 1, function.signature(), expected, found));
    }

    private static Position at(Expression.Call call, int index) {
        return call.arguments().get(index).at();
    }
}

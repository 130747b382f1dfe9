package dev.secant.objective.graph;

import dev.secant.objective.syntax.Builtin;
import dev.secant.objective.syntax.Expression;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.Formula;
import dev.secant.objective.syntax.Names;
import dev.secant.objective.syntax.Operator;
import dev.secant.objective.syntax.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives every expression its type, and makes the nodes that compute it. */
public final class FormulaChecker {

    private final GraphBuilder graph;
    private final Map<String, TensorType> parameters;
    private final Map<String, Node> names = new HashMap<>();
    private final OperatorChecker operators;
    private final CallChecker calls;
    private final SubscriptChecker subscripts;
    private @Nullable String defining;

    public FormulaChecker(GraphBuilder graph, int dimension, Map<String, TensorType> parameters) {
        this.graph = graph;
        this.parameters = parameters;
        this.operators = new OperatorChecker(graph);
        this.calls = new CallChecker(graph, operators);
        this.subscripts = new SubscriptChecker(graph);
        names.put(Names.VARIABLE, graph.node(new Operation.Variable(), List.of(), TensorType.vector(dimension)));
        names.put(Names.DIMENSION, graph.scalar(dimension));
        names.put(Names.PI, graph.scalar(Math.PI));
    }

    /** The node of the objective. */
    public Node check(Formula formula) {
        for (Formula.Definition definition : formula.definitions()) {
            define(definition);
        }
        Node body = node(formula.body());
        Position at = formula.body().at();
        if (body.type().logical() || !body.type().isScalar()) {
            throw new ExpressionException(
                    at,
                    "An objective is one number; this is %s.%s"
                            .formatted(body.type(), body.type().logical() ? "" : " Maybe sum(...) is missing."));
        }
        if (!body.isVariable()) {
            throw new ExpressionException(at, "The formula does not depend on x: there is nothing to minimize.");
        }
        return body;
    }

    private void define(Formula.Definition definition) {
        String name = definition.name();
        String reserved = Names.whyReserved(name);
        if (reserved != null) {
            throw new ExpressionException(
                    definition.at(), "The name %s can't be defined: %s.".formatted(name, reserved));
        }
        if (names.containsKey(name)) {
            throw new ExpressionException(
                    definition.at(), "The name %s is defined already; a definition is for good.".formatted(name));
        }
        if (parameters.containsKey(name)) {
            throw new ExpressionException(definition.at(), "The name %s is a parameter's already.".formatted(name));
        }
        defining = name;
        Node value = node(definition.value());
        defining = null;
        names.put(name, value);
    }

    /** The node of an expression. */
    Node node(Expression expression) {
        Node node = nodeOf(expression);
        graph.at(expression.at());
        return node;
    }

    private Node nodeOf(Expression expression) {
        graph.at(expression.at());
        if (expression instanceof Expression.Literal literal) {
            return graph.scalar(literal.value());
        } else if (expression instanceof Expression.Name name) {
            return name(name);
        } else if (expression instanceof Expression.Chain chain) {
            return chain(chain);
        } else if (expression instanceof Expression.Prefix prefix) {
            return prefix(prefix);
        } else if (expression instanceof Expression.Power power) {
            return pairwise(Pairwise.POWER, node(power.base()), node(power.exponent()), power.at());
        } else if (expression instanceof Expression.Range range) {
            return subscripts.sequence(
                    range, node(range.first()), range.step() == null ? null : node(range.step()), node(range.last()));
        } else if (expression instanceof Expression.Element element) {
            return element(element);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else {
            return stack((Expression.Stack) expression);
        }
    }

    private Node name(Expression.Name name) {
        Node known = names.get(name.name());
        if (known != null) {
            return known;
        }
        TensorType parameter = parameters.get(name.name());
        if (parameter != null) {
            return graph.node(new Operation.Parameter(name.name()), List.of(), parameter);
        }
        if (Builtin.of(name.name()).isPresent()) {
            throw new ExpressionException(
                    name.at(),
                    "%s is a function: it is written %s."
                            .formatted(
                                    name.name(), Builtin.of(name.name()).get().signature()));
        }
        throw new ExpressionException(name.at(), unknown(name.name()));
    }

    private String unknown(String name) {
        if (name.equals(defining)) {
            return "%s is being defined here: a let can't refer to itself.".formatted(name);
        }
        List<String> known = new ArrayList<>(names.keySet());
        known.addAll(parameters.keySet());
        String suggestion = Names.suggestion(name, known);
        return "The name %s is unknown.%s"
                .formatted(
                        name,
                        suggestion.isEmpty()
                                ? " Maybe pass it as a parameter, or define it before: let %s = ...;".formatted(name)
                                : suggestion);
    }

    private Node chain(Expression.Chain chain) {
        Node result = node(chain.first());
        for (Expression.Link link : chain.links()) {
            Node operand = node(link.operand());
            graph.at(link.at());
            result = link.operator() == Operator.MATRIX_PRODUCT
                    ? operators.matrixProduct(result, operand, link.at())
                    : pairwise(Pairwise.of(link.operator()), result, operand, link.at());
        }
        return result;
    }

    private Node pairwise(Pairwise function, Node a, Node b, Position at) {
        graph.at(at);
        return operators.pairwise(function, a, b, at);
    }

    private Node prefix(Expression.Prefix prefix) {
        Node operand = node(prefix.operand());
        graph.at(prefix.at());
        if (prefix.operator() == Operator.NEGATE) {
            return graph.map(Elementwise.NEGATE, OperatorChecker.numbers(operand, "-", prefix.at()));
        }
        return graph.node(
                new Operation.Not(), List.of(OperatorChecker.conditions(operand, "not", prefix.at())), operand.type());
    }

    private Node element(Expression.Element element) {
        Node base = node(element.base());
        List<Node> indices = new ArrayList<>();
        for (Expression.Subscript subscript : element.subscripts()) {
            // A missing subscript is ':': the base itself stands for it, which no subscript can be.
            indices.add(subscript.expression() == null ? base : node(subscript.expression()));
        }
        graph.at(element.at());
        return subscripts.pick(element, base, indices);
    }

    private Node call(Expression.Call call) {
        Builtin function = Builtin.of(call.function()).orElseThrow(() -> unknownFunction(call));
        List<Node> arguments = new ArrayList<>(call.arguments().size());
        for (Expression argument : call.arguments()) {
            arguments.add(node(argument));
        }
        graph.at(call.at());
        return calls.call(function, call, arguments);
    }

    private ExpressionException unknownFunction(Expression.Call call) {
        if (names.containsKey(call.function()) || parameters.containsKey(call.function())) {
            return new ExpressionException(
                    call.at(),
                    "%s is not a function. Maybe an element, %s[...], or a product, %s * (...), is meant."
                            .formatted(call.function(), call.function(), call.function()));
        }
        List<String> known = new ArrayList<>();
        for (Builtin builtin : Builtin.values()) {
            known.add(builtin.written());
        }
        return new ExpressionException(
                call.at(),
                "The function %s is unknown.%s".formatted(call.function(), Names.suggestion(call.function(), known)));
    }

    private Node stack(Expression.Stack stack) {
        List<Node> elements = new ArrayList<>(stack.elements().size());
        for (Expression element : stack.elements()) {
            Node node = node(element);
            Node first = elements.isEmpty() ? node : elements.get(0);
            if (node.type().logical() || node.type().isMatrix() || !node.type().equals(first.type())) {
                throw new ExpressionException(
                        element.at(),
                        "A list in brackets holds scalars, or rows of one length; this is %s%s. Maybe concat(...) is meant."
                                .formatted(node.type(), node == first ? "" : " after " + first.type()));
            }
            elements.add(node);
        }
        graph.at(stack.at());
        if (elements.get(0).type().isScalar()) {
            return graph.join(elements);
        }
        int columns = elements.get(0).type().length();
        graph.checkElements((double) columns * elements.size());
        return graph.node(new Operation.StackRows(), elements, TensorType.matrix(elements.size(), columns));
    }
}

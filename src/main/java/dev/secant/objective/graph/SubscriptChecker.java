package dev.secant.objective.graph;

import dev.secant.objective.syntax.Expression;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.FormulaPrinter;
import dev.secant.objective.syntax.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ranges and subscripts: whole numbers known before anything runs, counted from 1, both ends included. */
final class SubscriptChecker {

    private final GraphBuilder graph;

    SubscriptChecker(GraphBuilder graph) {
        this.graph = graph;
    }

    /** {@code first:step:last} as a vector. */
    Node sequence(Expression.Range range, Node first, @Nullable Node step, Node last) {
        double from = known(first, range.first().at());
        double by = step == null
                ? 1
                : known(step, Objects.requireNonNull(range.step()).at());
        double to = known(last, range.last().at());
        graph.at(range.at());
        if (by == 0 || !Double.isFinite((to - from) / by)) {
            throw new ExpressionException(
                    range.at(),
                    "The step (%s) of a range must lead from its first (%s) to its last (%s)."
                            .formatted(
                                    FormulaPrinter.number(by), FormulaPrinter.number(from), FormulaPrinter.number(to)));
        }
        // A little more than the quotient, so that 0:0.1:1 ends with 1.
        double count = Math.floor((to - from) / by + 1e-9) + 1;
        if (count < 1) {
            throw new ExpressionException(
                    range.at(),
                    "The range from %s to %s is empty. Maybe the dimension n is too small for this formula."
                            .formatted(FormulaPrinter.number(from), FormulaPrinter.number(to)));
        }
        graph.checkElements(count);
        return graph.node(new Operation.Sequence(from, by), List.of(), TensorType.vector((int) count));
    }

    /** {@code base[...]}; a subscript that is the base itself stands for all. */
    Node pick(Expression.Element element, Node base, List<Node> subscripts) {
        List<Integer> dimensions = base.type().dimensions();
        if (subscripts.size() != dimensions.size()) {
            throw new ExpressionException(
                    element.at(),
                    base.type().isScalar()
                            ? "A scalar has no elements."
                            : "%s has %d subscript%s, not %d."
                                    .formatted(
                                            capitalized(base.type().toString()),
                                            dimensions.size(),
                                            dimensions.size() == 1 ? "" : "s",
                                            subscripts.size()));
        }
        List<Selector> selectors = new ArrayList<>();
        List<Integer> remaining = new ArrayList<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            Position at = element.subscripts().get(axis).at();
            Selector selector = element.subscripts().get(axis).expression() == null
                    ? new Selector(0, 1, dimensions.get(axis), false)
                    : selector(subscripts.get(axis), dimensions.get(axis), at);
            selectors.add(selector);
            if (!selector.single()) {
                remaining.add(selector.count());
            }
        }
        TensorType type = new TensorType(base.type().logical(), remaining);
        boolean everything = type.equals(base.type())
                && selectors.stream().allMatch(selector -> selector.first() == 0 && selector.step() == 1);
        return everything ? base : graph.node(new Operation.Pick(selectors), List.of(base), type);
    }

    private static Selector selector(Node subscript, int length, Position at) {
        if (subscript.operation() instanceof Operation.Sequence sequence) {
            int count = subscript.type().length();
            double last = sequence.first() + sequence.step() * (count - 1);
            return new Selector(
                    index(sequence.first(), length, at),
                    whole(sequence.step(), at),
                    index(last, length, at) >= 0 ? count : 0,
                    false);
        }
        Double value = subscript.scalarConstant();
        if (value == null) {
            throw new ExpressionException(
                    at,
                    "A subscript must be a whole number or a range known before anything runs (from numbers, n and sizes); this is %s that is computed."
                            .formatted(subscript.type()));
        }
        return new Selector(index(value, length, at), 1, 1, true);
    }

    private static int index(double value, int length, Position at) {
        int index = whole(value, at);
        if (index < 1 || index > length) {
            throw new ExpressionException(
                    at,
                    "The subscript %d is outside 1 to %d.%s"
                            .formatted(index, length, index == 0 ? " Subscripts start at 1." : ""));
        }
        return index - 1;
    }

    private static int whole(double value, Position at) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new ExpressionException(
                    at, "A subscript must be a whole number; this is %s.".formatted(FormulaPrinter.number(value)));
        }
        return (int) value;
    }

    private static double known(Node node, Position at) {
        Double value = node.scalarConstant();
        if (value == null) {
            throw new ExpressionException(
                    at,
                    "The ends of a range must be numbers known before anything runs (from numbers, n and sizes); this is %s that is computed."
                            .formatted(node.type()));
        }
        return value;
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

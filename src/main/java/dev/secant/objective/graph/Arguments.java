package dev.secant.objective.graph;

import dev.secant.objective.syntax.Builtin;
import dev.secant.objective.syntax.Expression;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.FormulaPrinter;
import dev.secant.objective.syntax.Position;
import java.util.List;

/**
 * The arguments of a call, checked as they are taken.
 *
 * @param function what is called
 * @param call where it stands
 * @param nodes the arguments
 */
record Arguments(Builtin function, Expression.Call call, List<Node> nodes) {

    int count() {
        return nodes.size();
    }

    Node any(int index) {
        return nodes.get(index);
    }

    /** Requires so many arguments. */
    void requireCount(int least, int most) {
        if (count() < least || count() > most) {
            throw new ExpressionException(
                    call.at(),
                    "%s does not take %d argument%s: it is written %s."
                            .formatted(function.written(), count(), count() == 1 ? "" : "s", function.signature()));
        }
    }

    /** The one argument there must be, of numbers. */
    Node only() {
        requireCount(1, 1);
        return numbers(0);
    }

    Node numbers(int index) {
        return OperatorChecker.numbers(any(index), function.written(), at(index));
    }

    Node scalar(int index) {
        Node node = numbers(index);
        if (!node.type().isScalar()) {
            throw wrong(index, "a scalar", node.type().toString());
        }
        return node;
    }

    Node vector(int index) {
        Node node = any(index);
        if (!node.type().isVector() || node.type().logical()) {
            throw wrong(index, "a vector", node.type().toString());
        }
        return node;
    }

    Node matrix(int index) {
        Node node = any(index);
        if (!node.type().isMatrix() || node.type().logical()) {
            throw wrong(index, "a matrix", node.type().toString());
        }
        return node;
    }

    /** A size: a whole number that is known before anything runs. */
    int size(int index) {
        Double value = any(index).scalarConstant();
        if (value == null || value != Math.rint(value) || value < 1) {
            throw wrong(
                    index,
                    "a whole number from 1 that is known now (from numbers, n and sizes)",
                    value == null ? any(index).type() + " that is computed" : FormulaPrinter.number(value));
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    ExpressionException wrong(int index, String expected, String found) {
        return new ExpressionException(
                at(index),
                "Argument %d of %s must be %s; this is %s."
                        .formatted(index + 1, function.signature(), expected, found));
    }

    Position at(int index) {
        return call.arguments().get(index).at();
    }
}

package dev.secant.objective.graph;

import dev.secant.objective.syntax.FormulaPrinter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what a node of a compiled formula computes in the language of formulas, for messages; what lies deep is left out. */
public final class NodePrinter {

    private static final int DEPTH = 6;
    private static final int INPUTS = 4;

    private NodePrinter() {}

    public static String print(Node node) {
        return bare(print(node, DEPTH));
    }

    private static String print(Node node, int depth) {
        boolean leaf = node.inputs().isEmpty();
        if (!leaf && (depth == 0 || node.inputs().size() > INPUTS)) {
            return "...";
        }
        List<String> inputs =
                node.inputs().stream().map(input -> print(input, depth - 1)).toList();
        return leaf ? leaf(node.operation()) : operation(node.operation(), inputs);
    }

    private static String leaf(Operation operation) {
        if (operation instanceof Operation.Variable) {
            return "x";
        } else if (operation instanceof Operation.Parameter parameter) {
            return parameter.name();
        } else if (operation instanceof Operation.Scalar scalar) {
            return number(scalar.value());
        }
        return "[...]";
    }

    private static String operation(Operation operation, List<String> inputs) {
        String all = String.join(", ", inputs);
        String first = inputs.get(0);
        if (operation instanceof Operation.Map map) {
            return switch (map.function()) {
                case SQUARE -> "(%s^2)".formatted(first);
                case NEGATE -> "(-%s)".formatted(first);
                default -> "%s(%s)".formatted(map.function().written(), bare(first));
            };
        } else if (operation instanceof Operation.Combine combine) {
            Pairwise function = combine.function();
            return function == Pairwise.MAXIMUM || function == Pairwise.MINIMUM
                    ? "%s(%s)".formatted(function.symbol(), all)
                    : "(%s %s %s)".formatted(first, function.symbol(), inputs.get(1));
        } else if (operation instanceof Operation.Reduce reduce) {
            String axis = reduce.axis() < 0 ? "" : ", " + (reduce.axis() + 1);
            return "%s(%s%s)".formatted(reduce.reduction().written(), bare(first), axis);
        } else if (operation instanceof Operation.Pick pick) {
            return first
                    + pick.selectors().stream().map(NodePrinter::selector).collect(Collectors.joining(", ", "[", "]"));
        } else if (operation instanceof Operation.MatrixProduct) {
            return "(%s @ %s)".formatted(first, inputs.get(1));
        }
        return "%s(%s)".formatted(name(operation), all);
    }

    private static String name(Operation operation) {
        if (operation instanceof Operation.Choose) {
            return "where";
        } else if (operation instanceof Operation.Join) {
            return "concat";
        } else if (operation instanceof Operation.CumulativeSum) {
            return "cumsum";
        }
        return operation.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String selector(Selector selector) {
        int first = selector.first() + 1;
        if (selector.single()) {
            return Integer.toString(first);
        }
        int last = first + selector.step() * (selector.count() - 1);
        return selector.step() == 1
                ? "%d:%d".formatted(first, last)
                : "%d:%d:%d".formatted(first, selector.step(), last);
    }

    /** Without the brackets around all of it. */
    private static String bare(String written) {
        int depth = 0;
        for (int i = 0; i < written.length(); i++) {
            depth += written.charAt(i) == '(' ? 1 : written.charAt(i) == ')' ? -1 : 0;
            if (depth == 0 && i < written.length() - 1) {
                return written;
            }
        }
        return written.startsWith("(") ? written.substring(1, written.length() - 1) : written;
    }

    /** A number, finite or not. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        return Double.isInfinite(value) ? (value > 0 ? "infinite" : "minus infinite") : FormulaPrinter.number(value);
    }
}

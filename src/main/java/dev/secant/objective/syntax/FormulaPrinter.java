package dev.secant.objective.syntax;

import java.math.BigDecimal;
import java.util.List;

/** Writes formulas with as few brackets as parsing back needs. */
public final class FormulaPrinter {

    private static final int LOOSEST = 0;
    private static final int RANGE = 5;
    private static final int SIGN = 8;
    private static final int POWER = 9;
    private static final int ELEMENT = 10;

    private final StringBuilder out = new StringBuilder();

    private FormulaPrinter() {}

    static String print(Formula formula) {
        FormulaPrinter printer = new FormulaPrinter();
        for (Formula.Definition definition : formula.definitions()) {
            printer.out.append("let ").append(definition.name()).append(" = ");
            printer.write(definition.value(), LOOSEST);
            printer.out.append(";\n");
        }
        printer.write(formula.body(), LOOSEST);
        return printer.out.toString();
    }

    /** In brackets where the expression binds looser than {@code floor}. */
    private void write(Expression expression, int floor) {
        boolean bracketed = precedence(expression) < floor;
        if (bracketed) {
            out.append('(');
        }
        writeBare(expression);
        if (bracketed) {
            out.append(')');
        }
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Expression.Chain chain) {
            return chain.links().get(0).operator().precedence();
        } else if (expression instanceof Expression.Prefix prefix) {
            return prefix.operator().precedence();
        } else if (expression instanceof Expression.Range) {
            return RANGE;
        } else if (expression instanceof Expression.Power) {
            return POWER;
        }
        return ELEMENT + 1;
    }

    private void writeBare(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            out.append(number(literal.value()));
        } else if (expression instanceof Expression.Name name) {
            out.append(name.name());
        } else if (expression instanceof Expression.Chain chain) {
            writeChain(chain);
        } else if (expression instanceof Expression.Prefix prefix) {
            out.append(prefix.operator().symbol()).append(prefix.operator() == Operator.NOT ? " " : "");
            write(prefix.operand(), prefix.operator().precedence());
        } else if (expression instanceof Expression.Power power) {
            write(power.base(), ELEMENT);
            out.append('^');
            write(power.exponent(), SIGN);
        } else if (expression instanceof Expression.Range range) {
            writeRange(range);
        } else if (expression instanceof Expression.Element element) {
            write(element.base(), ELEMENT);
            writeSubscripts(element.subscripts());
        } else if (expression instanceof Expression.Call call) {
            out.append(call.function());
            writeList('(', call.arguments(), ')');
        } else if (expression instanceof Expression.Stack stack) {
            writeList('[', stack.elements(), ']');
        }
    }

    private void writeChain(Expression.Chain chain) {
        // An operand of the same precedence was in brackets in the source, on either side.
        int floor = chain.links().get(0).operator().precedence() + 1;
        write(chain.first(), floor);
        for (Expression.Link link : chain.links()) {
            out.append(' ').append(link.operator().symbol()).append(' ');
            write(link.operand(), floor);
        }
    }

    private void writeRange(Expression.Range range) {
        write(range.first(), RANGE + 1);
        out.append(':');
        if (range.step() != null) {
            write(range.step(), RANGE + 1);
            out.append(':');
        }
        write(range.last(), RANGE + 1);
    }

    private void writeSubscripts(List<Expression.Subscript> subscripts) {
        out.append('[');
        for (int i = 0; i < subscripts.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            Expression subscript = subscripts.get(i).expression();
            if (subscript == null) {
                out.append(':');
            } else {
                write(subscript, LOOSEST);
            }
        }
        out.append(']');
    }

    private void writeList(char open, List<Expression> expressions, char close) {
        out.append(open);
        for (int i = 0; i < expressions.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(expressions.get(i), LOOSEST);
        }
        out.append(close);
    }

    /** The shortest decimal that reads back as the same number. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toString();
    }
}

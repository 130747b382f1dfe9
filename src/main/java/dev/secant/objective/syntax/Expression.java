package dev.secant.objective.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a formula as it was written. Equality ignores positions.
 *
 * <p>Operators of one precedence that follow each other are one {@link Chain}, so that the depth of a tree is bounded by
 * the nesting of its source and not by its length.
 */
public sealed interface Expression {

    /** Where it begins. */
    Position at();

    /** A number. */
    record Literal(double value, Position at) implements Expression {}

    /** The variable, a parameter, a {@code let} or a constant. */
    record Name(String name, Position at) implements Expression {}

    /** {@code first op1 a op2 b ...}, from the left; all operators of one precedence. */
    record Chain(Expression first, List<Link> links, Position at) implements Expression {
        public Chain {
            links = List.copyOf(links);
        }
    }

    /** One more operand of a chain. */
    record Link(Operator operator, Expression operand, Position at) {}

    /** {@code -a} or {@code not a}. */
    record Prefix(Operator operator, Expression operand, Position at) implements Expression {}

    /** {@code base ^ exponent}. */
    record Power(Expression base, Expression exponent, Position at) implements Expression {}

    /** {@code first:last} or {@code first:step:last}. */
    record Range(Expression first, @Nullable Expression step, Expression last, Position at) implements Expression {}

    /** {@code base[i, j]}; a null subscript is {@code :}, all of them. */
    record Element(Expression base, List<Subscript> subscripts, Position at) implements Expression {
        public Element {
            subscripts = List.copyOf(subscripts);
        }
    }

    /** One subscript; without an expression it is {@code :}. */
    record Subscript(@Nullable Expression expression, Position at) {}

    /** {@code function(arguments)}. */
    record Call(String function, List<Expression> arguments, Position at) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code [a, b, c]}: a vector of scalars, or a matrix of rows. */
    record Stack(List<Expression> elements, Position at) implements Expression {
        public Stack {
            elements = List.copyOf(elements);
        }
    }
}

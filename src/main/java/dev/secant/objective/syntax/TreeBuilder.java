package dev.secant.objective.syntax;

import dev.secant.objective.grammar.FormulaGrammarLexer;
import dev.secant.objective.grammar.FormulaGrammarParser;
import dev.secant.objective.grammar.FormulaGrammarParser.ExpressionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns the parser's tree, which follows the grammar, into a formula's, which follows the meaning. */
final class TreeBuilder {

    Formula formula(FormulaGrammarParser.FormulaContext context) {
        List<Formula.Definition> definitions = new ArrayList<>();
        for (FormulaGrammarParser.DefinitionContext definition : context.definition()) {
            definitions.add(new Formula.Definition(
                    definition.NAME().getText(),
                    expression(definition.expression()),
                    FormulaParser.position(definition.NAME().getSymbol())));
        }
        return new Formula(definitions, expression(context.expression()));
    }

    private Expression expression(ExpressionContext context) {
        return chain(context, context.conjunction(), this::conjunction);
    }

    private Expression conjunction(FormulaGrammarParser.ConjunctionContext context) {
        return chain(context, context.negation(), this::negation);
    }

    private Expression negation(FormulaGrammarParser.NegationContext context) {
        return context.NOT() == null
                ? comparison(context.comparison())
                : new Expression.Prefix(Operator.NOT, negation(context.negation()), at(context));
    }

    private Expression comparison(FormulaGrammarParser.ComparisonContext context) {
        return chain(context, context.range(), this::range);
    }

    private Expression range(FormulaGrammarParser.RangeContext context) {
        // Loops rather than streams here and below: they recurse with fewer frames.
        List<Expression> parts = new ArrayList<>(3);
        for (FormulaGrammarParser.SumContext part : context.sum()) {
            parts.add(sum(part));
        }
        return switch (parts.size()) {
            case 1 -> parts.get(0);
            case 2 -> new Expression.Range(parts.get(0), null, parts.get(1), at(context));
            default -> new Expression.Range(parts.get(0), parts.get(1), parts.get(2), at(context));
        };
    }

    private Expression sum(FormulaGrammarParser.SumContext context) {
        return chain(context, context.product(), this::product);
    }

    private Expression product(FormulaGrammarParser.ProductContext context) {
        return chain(context, context.signed(), this::signed);
    }

    private Expression signed(FormulaGrammarParser.SignedContext context) {
        if (context.power() != null) {
            return power(context.power());
        }
        Expression operand = signed(context.signed());
        return context.MINUS() == null ? operand : new Expression.Prefix(Operator.NEGATE, operand, at(context));
    }

    private Expression power(FormulaGrammarParser.PowerContext context) {
        Expression base = element(context.element());
        return context.signed() == null ? base : new Expression.Power(base, signed(context.signed()), at(context));
    }

    private Expression element(FormulaGrammarParser.ElementContext context) {
        Expression base = primary(context.primary());
        List<Expression.Subscript> subscripts = new ArrayList<>();
        for (int i = 1; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof FormulaGrammarParser.SubscriptContext subscript) {
                subscripts.add(new Expression.Subscript(
                        subscript.expression() == null ? null : expression(subscript.expression()), at(subscript)));
            } else if (tokenType(context, i) == FormulaGrammarLexer.CLOSE_INDEX) {
                base = new Expression.Element(base, subscripts, at(context));
                subscripts = new ArrayList<>();
            }
        }
        return base;
    }

    private Expression primary(FormulaGrammarParser.PrimaryContext context) {
        if (context.NUMBER() != null) {
            return number(context.NUMBER());
        }
        List<Expression> parts = new ArrayList<>();
        for (ExpressionContext part : context.expression()) {
            parts.add(expression(part));
        }
        if (context.NAME() != null) {
            String name = context.NAME().getText();
            return context.OPEN() == null
                    ? new Expression.Name(name, at(context))
                    : new Expression.Call(name, parts, at(context));
        }
        return context.OPEN() == null ? new Expression.Stack(parts, at(context)) : parts.get(0);
    }

    private static Expression number(TerminalNode node) {
        double value = Double.parseDouble(node.getText());
        Position at = FormulaParser.position(node.getSymbol());
        if (Double.isInfinite(value)) {
            throw new ExpressionException(
                    at,
                    "The number %s is too large for float64.".formatted(SyntaxErrorReport.shortened(node.getText())));
        }
        return new Expression.Literal(value, at);
    }

    private static <C extends ParserRuleContext> Expression chain(
            ParserRuleContext context, List<C> operands, Function<C, Expression> build) {
        Expression first = build.apply(operands.get(0));
        if (operands.size() == 1) {
            return first;
        }
        List<Expression.Link> links = new ArrayList<>(operands.size() - 1);
        for (int i = 1; i < operands.size(); i++) {
            // Children alternate: operand, operator, operand, ...
            Token token = ((TerminalNode) context.getChild(2 * i - 1)).getSymbol();
            links.add(new Expression.Link(
                    Operator.between(token.getText()), build.apply(operands.get(i)), FormulaParser.position(token)));
        }
        return new Expression.Chain(first, links, at(context));
    }

    private static int tokenType(ParserRuleContext context, int child) {
        return context.getChild(child) instanceof TerminalNode node
                ? node.getSymbol().getType()
                : Token.INVALID_TYPE;
    }

    private static Position at(ParserRuleContext context) {
        return FormulaParser.position(context.getStart());
    }
}

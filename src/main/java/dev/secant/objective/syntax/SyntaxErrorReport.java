package dev.secant.objective.syntax;

import dev.secant.objective.grammar.FormulaGrammarLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the parser's first complaint into one that a reader of formulas understands; there is no second. */
final class SyntaxErrorReport extends BaseErrorListener {

    private static final int LONGEST_QUOTE = 40;
    private static final int[] ENDS = {
        FormulaGrammarLexer.CLOSE,
        FormulaGrammarLexer.CLOSE_INDEX,
        FormulaGrammarLexer.COMMA,
        FormulaGrammarLexer.SEMICOLON
    };

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offendingSymbol,
            int line,
            int charPositionInLine,
            String message,
            @Nullable RecognitionException exception) {
        Parser parser = (Parser) recognizer;
        Token found = offendingSymbol instanceof Token token ? token : parser.getCurrentToken();
        Token before = found.getTokenIndex() > 0 ? parser.getTokenStream().get(found.getTokenIndex() - 1) : null;
        IntervalSet expected = parser.getExpectedTokens();
        throw new ExpressionException(
                new Position(line, charPositionInLine + 1),
                "Expected %s, found %s.%s"
                        .formatted(
                                describe(expected, before),
                                describe(found),
                                isOneSign(expected) ? "" : advice(found, before)));
    }

    private static String describe(IntervalSet expected, @Nullable Token before) {
        if (isOneSign(expected)) {
            return quoted(expected.getMinElement());
        }
        if (before == null || !endsOperand(before.getType())) {
            return expected.contains(FormulaGrammarLexer.CLOSE)
                    ? "an expression or ')'"
                    : "an expression (a number, a name, a bracket or a sign)";
        }
        // After an operand every operator is possible; what tells is what may end the expression.
        List<String> ends = new ArrayList<>();
        for (int end : ENDS) {
            if (expected.contains(end)) {
                ends.add(quoted(end));
            }
        }
        return "an operator such as + or *, or "
                + (ends.isEmpty() ? "the end of the formula" : String.join(" or ", ends));
    }

    /** In the head of a definition. */
    private static boolean isOneSign(IntervalSet expected) {
        return expected.size() == 1
                && (expected.contains(FormulaGrammarLexer.NAME) || expected.contains(FormulaGrammarLexer.ASSIGN));
    }

    private static String quoted(int type) {
        return switch (type) {
            case Token.EOF -> "the end of the formula";
            case FormulaGrammarLexer.NAME -> "a name";
            case FormulaGrammarLexer.NUMBER -> "a number";
            default -> FormulaGrammarLexer.VOCABULARY.getLiteralName(type);
        };
    }

    private static String describe(Token token) {
        return token.getType() == Token.EOF ? "the end of the formula" : "'" + shortened(token.getText()) + "'";
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String advice(Token found, @Nullable Token before) {
        String previous = before == null ? "" : before.getText();
        if (found.getText().equals("*") && previous.equals("*")) {
            return " Maybe ^ is meant: powers are written a^b.";
        } else if (found.getText().equals("'")) {
            return " Maybe transpose(A) is meant.";
        } else if (found.getText().equals("=") && before != null) {
            return " Maybe == is meant, or a definition: let name = value; ...";
        } else if (found.getText().equals("{")) {
            return " Maybe ( or [ is meant.";
        } else if (found.getType() == Token.EOF && previous.equals(";")) {
            return " After the last let comes the expression to minimize.";
        } else if (before != null
                && endsOperand(before.getType())
                && (endsOperand(found.getType()) || found.getType() == FormulaGrammarLexer.OPEN)
                && found.getType() != FormulaGrammarLexer.CLOSE
                && found.getType() != FormulaGrammarLexer.CLOSE_INDEX) {
            return " Maybe a * is missing: products are written a * b.";
        }
        return "";
    }

    private static boolean endsOperand(int type) {
        return type == FormulaGrammarLexer.NUMBER
                || type == FormulaGrammarLexer.NAME
                || type == FormulaGrammarLexer.CLOSE
                || type == FormulaGrammarLexer.CLOSE_INDEX;
    }
}

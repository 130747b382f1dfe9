package dev.secant.objective.syntax;

import dev.secant.objective.grammar.FormulaGrammarLexer;
import dev.secant.objective.grammar.FormulaGrammarParser;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Reads formulas.
 *
 * <p>Length, number of tokens and nesting are checked on the tokens before the parser, which recurses, sees them.
 */
public final class FormulaParser {

    private final ExpressionLimits limits;

    public FormulaParser(ExpressionLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a formula.
     *
     * @throws ExpressionException if the source is not a formula or beyond a limit
     */
    public Formula parse(String source) {
        checkLength(source);
        if (source.isBlank()) {
            throw new ExpressionException(
                    Position.NONE,
                    "The formula is empty. Maybe start with sum(x^2), or take one from the catalogue of objectives.");
        }
        FormulaGrammarLexer lexer = new FormulaGrammarLexer(CharStreams.fromString(source));
        lexer.removeErrorListeners();
        List<? extends Token> tokens = lexer.getAllTokens();
        new TokenScan(limits).check(tokens);
        FormulaGrammarParser parser =
                new FormulaGrammarParser(new CommonTokenStream(new ListTokenSource(tokens, source)));
        // The grammar needs one token of lookahead, so the cheap mode decides all of it.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxErrorReport());
        return new TreeBuilder().formula(parser.formula());
    }

    private void checkLength(String source) {
        if (source.length() <= limits.sourceLength()) {
            return;
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < limits.sourceLength(); i++) {
            boolean newline = source.charAt(i) == '\n';
            line += newline ? 1 : 0;
            column = newline ? 1 : column + 1;
        }
        throw new ExpressionException(
                new Position(line, column),
                "The formula has %d characters; at most %d are read. Maybe pass long lists of numbers as parameters."
                        .formatted(source.length(), limits.sourceLength()));
    }

    static Position position(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }
}

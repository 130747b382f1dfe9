package dev.secant.objective.syntax;

import dev.secant.objective.grammar.FormulaGrammarLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Bounds what the parser will meet: the number of tokens, how deep it must recurse, how long a list of numbers is.
 *
 * <p>The parser recurses at an opening bracket, at a sign before an operand and at a power; a looser operator at the same
 * level ends the recursion of signs and powers.
 */
final class TokenScan {

    private final ExpressionLimits limits;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int depth;

    TokenScan(ExpressionLimits limits) {
        this.limits = limits;
    }

    void check(List<? extends Token> tokens) {
        if (tokens.size() > limits.tokens()) {
            throw new ExpressionException(
                    FormulaParser.position(tokens.get(limits.tokens())),
                    "The formula has %d names, numbers and signs; at most %d are read. Maybe write it with vectors."
                            .formatted(tokens.size(), limits.tokens()));
        }
        levels.push(new Level(Token.EOF));
        boolean operandEnded = false;
        for (Token token : tokens) {
            step(token, operandEnded);
            operandEnded = endsOperand(token.getType());
        }
    }

    private void step(Token token, boolean operandEnded) {
        Level level = levels.element();
        switch (token.getType()) {
            case FormulaGrammarLexer.OPEN, FormulaGrammarLexer.OPEN_INDEX -> {
                if (operandEnded && token.getType() == FormulaGrammarLexer.OPEN_INDEX) {
                    // a[..][..][..] is an element of an element: deep without being nested.
                    level.pending++;
                    deeper(token, 1);
                }
                levels.push(new Level(token.getType()));
                deeper(token, 1);
            }
            case FormulaGrammarLexer.CLOSE, FormulaGrammarLexer.CLOSE_INDEX -> close(level);
            case FormulaGrammarLexer.POWER, FormulaGrammarLexer.NOT -> {
                level.pending++;
                deeper(token, 1);
            }
            case FormulaGrammarLexer.PLUS, FormulaGrammarLexer.MINUS -> {
                if (operandEnded) {
                    level.release(this);
                } else {
                    level.pending++;
                    deeper(token, 1);
                }
            }
            case FormulaGrammarLexer.NUMBER, FormulaGrammarLexer.NAME -> {
                // Part of an operand: the recursion above it stays.
            }
            default -> {
                level.release(this);
                countElement(token, level);
            }
        }
    }

    private void close(Level level) {
        // A bracket too many is the parser's to report.
        if (levels.size() > 1) {
            level.release(this);
            levels.pop();
            depth--;
        }
    }

    private void deeper(Token token, int by) {
        depth += by;
        if (depth > limits.depth()) {
            throw new ExpressionException(
                    FormulaParser.position(token),
                    "Brackets, signs and powers are nested more than %d deep here. Maybe name the inner parts with let."
                            .formatted(limits.depth()));
        }
    }

    private void countElement(Token token, Level level) {
        if (token.getType() == FormulaGrammarLexer.COMMA
                && level.bracket == FormulaGrammarLexer.OPEN_INDEX
                && ++level.commas >= limits.literalElements()) {
            throw new ExpressionException(
                    FormulaParser.position(token),
                    "A list in brackets holds at most %d elements. Maybe pass the numbers as a parameter."
                            .formatted(limits.literalElements()));
        }
    }

    private static boolean endsOperand(int type) {
        return type == FormulaGrammarLexer.NUMBER
                || type == FormulaGrammarLexer.NAME
                || type == FormulaGrammarLexer.CLOSE
                || type == FormulaGrammarLexer.CLOSE_INDEX;
    }

    /** One pair of brackets that is open. */
    private static final class Level {
        private final int bracket;
        private int pending;
        private int commas;

        Level(int bracket) {
            this.bracket = bracket;
        }

        void release(TokenScan scan) {
            scan.depth -= pending;
            pending = 0;
        }
    }
}

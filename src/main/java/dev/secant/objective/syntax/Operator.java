package dev.secant.objective.syntax;

/** The operators of chains and prefixes, with their precedence: higher binds tighter. */
public enum Operator {
    OR("or", 1),
    AND("and", 2),
    NOT("not", 3),
    LESS("<", 4),
    AT_MOST("<=", 4),
    GREATER(">", 4),
    AT_LEAST(">=", 4),
    EQUAL("==", 4),
    UNEQUAL("!=", 4),
    PLUS("+", 6),
    MINUS("-", 6),
    TIMES("*", 7),
    DIVIDE("/", 7),
    MATRIX_PRODUCT("@", 7),
    NEGATE("-", 8);

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** As written in a formula. */
    public String symbol() {
        return symbol;
    }

    int precedence() {
        return precedence;
    }

    /** The operator between two operands that is written so. */
    static Operator between(String symbol) {
        for (Operator operator : values()) {
            if (operator != NOT && operator.symbol.equals(symbol)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("The operator (%s) is unknown.".formatted(symbol));
    }
}

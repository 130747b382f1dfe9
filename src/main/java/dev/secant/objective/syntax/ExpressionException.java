package dev.secant.objective.syntax;

/** A formula that is not one, with the place and the reason. */
public final class ExpressionException extends RuntimeException {

    private final Position position;
    private final String reason;

    public ExpressionException(Position position, String reason) {
        super(position + ": " + reason);
        this.position = position;
        this.reason = reason;
    }

    /** The line, from 1. */
    public int line() {
        return position.line();
    }

    /** The column, from 1. */
    public int column() {
        return position.column();
    }

    /** What is wrong, what was expected and, where there is one, advice. */
    public String reason() {
        return reason;
    }
}

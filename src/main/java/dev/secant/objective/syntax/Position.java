package dev.secant.objective.syntax;

/**
 * Where something stands in a formula's source.
 *
 * <p>All positions are equal: where an expression was written is no part of what it is, so trees compare by meaning.
 *
 * @param line from 1
 * @param column from 1
 */
public record Position(int line, int column) {

    /** The place of what was not read from a source. */
    public static final Position NONE = new Position(1, 1);

    @Override
    public boolean equals(Object other) {
        return other instanceof Position;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "line %d, column %d".formatted(line, column);
    }
}

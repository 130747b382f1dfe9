package dev.secant.objective.syntax;

import java.util.List;

/**
 * A whole formula: definitions, each of which may use those before it, and the body.
 *
 * <p>{@link #toString} prints it so that parsing gives an equal formula.
 *
 * @param definitions the {@code let}s
 * @param body what is minimized
 */
public record Formula(List<Definition> definitions, Expression body) {

    public Formula {
        definitions = List.copyOf(definitions);
    }

    /** {@code let name = value;}. */
    public record Definition(String name, Expression value, Position at) {}

    /**
     * Reads a formula within the default limits.
     *
     * @throws ExpressionException if it is not one
     */
    public static Formula parse(String source) {
        return new FormulaParser(ExpressionLimits.DEFAULT).parse(source);
    }

    @Override
    public String toString() {
        return FormulaPrinter.print(this);
    }
}

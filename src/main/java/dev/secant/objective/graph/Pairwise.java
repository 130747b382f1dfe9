package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;
import dev.secant.objective.syntax.Operator;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Functions of two numbers, applied element by element; a scalar goes with every element. */
public enum Pairwise {
    ADD("+", false, Double::sum, NDArray::add),
    SUBTRACT("-", false, (a, b) -> a - b, NDArray::sub),
    MULTIPLY("*", false, (a, b) -> a * b, NDArray::mul),
    DIVIDE("/", false, (a, b) -> a / b, NDArray::div),
    POWER("^", false, Math::pow, NDArray::pow),
    MAXIMUM("max", false, Math::max, NDArray::maximum),
    MINIMUM("min", false, Math::min, NDArray::minimum),
    LESS("<", true, (a, b) -> truth(a < b), NDArray::lt),
    AT_MOST("<=", true, (a, b) -> truth(a <= b), NDArray::lte),
    GREATER(">", true, (a, b) -> truth(a > b), NDArray::gt),
    AT_LEAST(">=", true, (a, b) -> truth(a >= b), NDArray::gte),
    EQUAL("==", true, (a, b) -> truth(a == b), NDArray::eq),
    UNEQUAL("!=", true, (a, b) -> truth(a != b), NDArray::neq),
    AND("and", true, (a, b) -> a * b, NDArray::logicalAnd),
    OR("or", true, Math::max, NDArray::logicalOr);

    private final String symbol;
    private final boolean logical;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final DoubleBinaryOperator folded;

    @SuppressWarnings("ImmutableEnumChecker")
    private final BinaryOperator<NDArray> computed;

    Pairwise(String symbol, boolean logical, DoubleBinaryOperator folded, BinaryOperator<NDArray> computed) {
        this.symbol = symbol;
        this.logical = logical;
        this.folded = folded;
        this.computed = computed;
    }

    String symbol() {
        return symbol;
    }

    /** Whether the result is a condition. */
    boolean isLogical() {
        return logical;
    }

    /** Whether the operands are conditions. */
    boolean takesConditions() {
        return this == AND || this == OR;
    }

    public double fold(double a, double b) {
        return folded.applyAsDouble(a, b);
    }

    NDArray compute(NDArray a, NDArray b) {
        return computed.apply(a, b);
    }

    static Pairwise of(Operator operator) {
        return switch (operator) {
            case OR -> OR;
            case AND -> AND;
            case LESS -> LESS;
            case AT_MOST -> AT_MOST;
            case GREATER -> GREATER;
            case AT_LEAST -> AT_LEAST;
            case EQUAL -> EQUAL;
            case UNEQUAL -> UNEQUAL;
            case PLUS -> ADD;
            case MINUS -> SUBTRACT;
            case TIMES -> MULTIPLY;
            case DIVIDE -> DIVIDE;
            case NOT, NEGATE, MATRIX_PRODUCT ->
                throw new IllegalArgumentException("The operator (%s) has no elementwise form.".formatted(operator));
        };
    }

    private static double truth(boolean condition) {
        return condition ? 1 : 0;
    }
}

package dev.secant.objective.syntax;

import java.util.Locale;
import java.util.Optional;

/** The functions of the language, with how they are written. */
public enum Builtin {
    EXP("exp(a)", "the exponential of each element"),
    LOG("log(a)", "the natural logarithm of each element"),
    SQRT("sqrt(a)", "the square root of each element"),
    SIN("sin(a)", "the sine of each element"),
    COS("cos(a)", "the cosine of each element"),
    TAN("tan(a)", "the tangent of each element"),
    ASIN("asin(a)", "the inverse sine of each element"),
    ACOS("acos(a)", "the inverse cosine of each element"),
    ATAN("atan(a)", "the inverse tangent of each element"),
    SINH("sinh(a)", "the hyperbolic sine of each element"),
    COSH("cosh(a)", "the hyperbolic cosine of each element"),
    TANH("tanh(a)", "the hyperbolic tangent of each element"),
    SIGMOID("sigmoid(a)", "1 / (1 + exp(-a)) of each element"),
    SOFTPLUS("softplus(a)", "log(1 + exp(a)) of each element"),
    ABS("abs(a)", "the absolute value of each element"),
    SIGN("sign(a)", "-1, 0 or 1 for each element"),
    SQUARE("square(a)", "a^2 of each element"),
    HUBER("huber(a, delta)", "a^2 / 2 where abs(a) <= delta, else delta (abs(a) - delta / 2)"),
    SUM("sum(a), sum(A, axis)", "the sum of all elements, or along axis 1 or 2 of a matrix"),
    MEAN("mean(a), mean(A, axis)", "the mean of all elements, or along an axis"),
    PROD("prod(a), prod(A, axis)", "the product of all elements, or along an axis"),
    NORM("norm(a), norm(A, axis)", "the Euclidean norm of all elements, or along an axis"),
    LOGSUMEXP("logsumexp(a), logsumexp(A, axis)", "log(sum(exp(a))) without overflow"),
    MIN("min(a), min(a, b)", "the smallest element, or of each two elements the smaller"),
    MAX("max(a), max(a, b)", "the largest element, or of each two elements the larger"),
    DOT("dot(a, b)", "the sum of the products of two vectors"),
    OUTER("outer(a, b)", "the matrix a_i b_j of two vectors"),
    TRANSPOSE("transpose(A)", "rows become columns"),
    CUMSUM("cumsum(a)", "the sums of the elements so far"),
    WHERE("where(condition, a, b)", "a where the condition holds, else b"),
    CONCAT("concat(a, b, ...)", "scalars and vectors one after the other"),
    RESHAPE("reshape(a, rows, columns)", "the same numbers, row by row, as a matrix"),
    ZEROS("zeros(k), zeros(rows, columns)", "zeros"),
    ONES("ones(k), ones(rows, columns)", "ones"),
    LENGTH("length(a)", "how many elements a vector has"),
    ROWS("rows(A)", "how many rows a matrix has"),
    COLUMNS("columns(A)", "how many columns a matrix has");

    private final String signature;
    private final String meaning;

    Builtin(String signature, String meaning) {
        this.signature = signature;
        this.meaning = meaning;
    }

    /** The name in a formula. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is called. */
    public String signature() {
        return signature;
    }

    /** What it gives. */
    public String meaning() {
        return meaning;
    }

    public static Optional<Builtin> of(String name) {
        for (Builtin builtin : values()) {
            if (builtin.written().equals(name)) {
                return Optional.of(builtin);
            }
        }
        return Optional.empty();
    }
}

package dev.secant.objective;

import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random formulas of three variables and the parameters {@code b} and {@code A}, tame, of every operation, and smooth at
 * almost every point.
 */
public final class RandomFormulas {

    /** The parameters that {@link #any} may name. */
    public static final Map<String, ParameterValue> PARAMETERS = Map.of(
            "b",
            ParameterValue.vector(0.4, -1.3, 2.1),
            "A",
            ParameterValue.matrix(new double[][] {{1, 0.5, -0.25}, {-0.75, 2, 0.1}, {0.3, -0.6, 1.5}}),
            "c",
            ParameterValue.scalar(0.7));

    private RandomFormulas() {}

    /** Their types. */
    public static Map<String, TensorType> types() {
        return Map.of("b", TensorType.vector(3), "A", TensorType.matrix(3, 3), "c", TensorType.SCALAR);
    }

    /** A scalar of any operations. */
    public static String any(Random random, int depth) {
        return "0.1 * x[1] + " + anyScalar(random, depth);
    }

    private static String anyScalar(Random random, int depth) {
        if (depth == 0) {
            return List.of("x[1]", "x[2]", "x[3]", "c", "1.5").get(random.nextInt(5));
        }
        int d = depth - 1;
        return switch (random.nextInt(18)) {
            case 0 -> "(" + anyScalar(random, d) + ") * (" + anyScalar(random, d) + ")";
            case 1 -> "(" + anyScalar(random, d) + ") / (1 + (" + anyScalar(random, d) + ")^2)";
            case 2 -> "sum(" + anyVector(random, d) + ")";
            case 3 -> "mean(" + anyMatrix(random, d) + ")";
            case 4 -> "prod(tanh(" + anyVector(random, d) + "))";
            case 5 -> "norm(" + anyVector(random, d) + ")";
            case 6 -> "logsumexp(" + anyMatrix(random, d) + ")";
            case 7 -> "max(" + anyVector(random, d) + ")";
            case 8 -> "min(" + anyVector(random, d) + ")";
            case 9 -> "dot(" + anyVector(random, d) + ", " + anyVector(random, d) + ")";
            case 10 -> "(0.3 + abs(" + anyScalar(random, d) + "))^1.5";
            case 11 -> "(1 + softplus(" + anyScalar(random, d) + "))^(c + tanh(" + anyScalar(random, d) + "))";
            case 12 -> "huber(" + anyScalar(random, d) + ", 0.6)";
            case 13 -> "where(x[2] > x[1], " + anyScalar(random, d) + ", " + anyScalar(random, d) + ")";
            case 14 -> "prod(tanh(" + anyMatrix(random, d) + "))";
            case 15 -> "(" + anyVector(random, d) + ")[2]";
            case 16 -> "(" + anyMatrix(random, d) + ")[3, 1]";
            default -> "(" + anyScalar(random, d) + ") - (" + anyScalar(random, d) + ")";
        };
    }

    private static String anyVector(Random random, int depth) {
        if (depth == 0) {
            return List.of("x", "b", "x[3:-1:1]", "[0.5, x[1], -2]").get(random.nextInt(4));
        }
        int d = depth - 1;
        String smooth =
                List.of("sin", "cos", "tanh", "sigmoid", "softplus", "atan").get(random.nextInt(6));
        return switch (random.nextInt(17)) {
            case 0, 1 -> smooth + "(" + anyVector(random, d) + ")";
            case 2 -> "cumsum(" + anyVector(random, d) + ")";
            case 3 -> "(" + anyMatrix(random, d) + ") @ (" + anyVector(random, d) + ")";
            case 4 -> "(" + anyVector(random, d) + ") @ (" + anyMatrix(random, d) + ")";
            case 5 -> "max(" + anyVector(random, d) + ", " + anyVector(random, d) + ")";
            case 6 -> "min(" + anyVector(random, d) + ", " + anyScalar(random, d) + ")";
            case 7 -> List.of("sum", "mean", "norm", "logsumexp").get(random.nextInt(4)) + axis(random, d);
            case 8 -> "prod(tanh(" + anyMatrix(random, d) + "), " + (1 + random.nextInt(2)) + ")";
            case 9 -> "concat((" + anyVector(random, d) + ")[2:3], " + anyScalar(random, d) + ")";
            case 10 -> "(" + anyMatrix(random, d) + ")[2, :]";
            case 11 -> "(" + anyMatrix(random, d) + ")[3:-1:1, 1]";
            case 12 -> "(" + anyScalar(random, d) + ") * (" + anyVector(random, d) + ")";
            case 13 -> "log(1.5 + square(" + anyVector(random, d) + ")) + exp(-abs(" + anyVector(random, d) + "))";
            case 14 -> "sinh(asin(0.9 * tanh(" + anyVector(random, d) + "))) / cosh(acos(0.9 * cos(x)))";
            case 15 -> "tan(0.5 * atan(" + anyVector(random, d) + ")) + sign(x) * sqrt(1 + x^2)";
            default -> "where(not (x > 0.1 and b < 1), " + anyVector(random, d) + ", " + anyScalar(random, d) + ")";
        };
    }

    private static String axis(Random random, int depth) {
        return "(" + anyMatrix(random, depth) + ", " + (1 + random.nextInt(2)) + ")";
    }

    private static String anyMatrix(Random random, int depth) {
        if (depth == 0) {
            return List.of("A", "outer(x, x)", "outer(b, x)", "[x, b, 2 * x]").get(random.nextInt(4));
        }
        int d = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> "outer(" + anyVector(random, d) + ", " + anyVector(random, d) + ")";
            case 1 -> "transpose(" + anyMatrix(random, d) + ")";
            case 2 -> "(" + anyMatrix(random, d) + ") @ (" + anyMatrix(random, d) + ")";
            case 3 -> "tanh(" + anyMatrix(random, d) + ")";
            case 4 -> "[" + anyVector(random, d) + ", " + anyVector(random, d) + ", x]";
            case 5 -> "reshape(concat(" + anyVector(random, d) + ", " + anyVector(random, d) + ", x), 3, 3)";
            case 6 -> "(" + anyMatrix(random, d) + ") + (" + anyScalar(random, d) + ")";
            default -> "max(" + anyMatrix(random, d) + ", A)";
        };
    }

    /** A scalar of operations that are smooth everywhere, without parameters. */
    public static String scalar(Random random, int depth) {
        if (depth == 0) {
            return List.of("x[1]", "x[2]", "x[3]", "1.5", "pi", "n").get(random.nextInt(6)) + " + 0.1 * x[1]";
        }
        int below = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> "(" + scalar(random, below) + ") * sin(" + scalar(random, below) + ")";
            case 1 -> "tanh(" + scalar(random, below) + ") - " + scalar(random, below);
            case 2 -> "softplus(" + scalar(random, below) + ") / (1 + (" + scalar(random, below) + ")^2)";
            case 3 -> "sum(" + vector(random, below) + ")";
            case 4 -> "dot(" + vector(random, below) + ", " + vector(random, below) + ")";
            case 5 -> "logsumexp(" + vector(random, below) + ")";
            case 6 -> "sqrt(1 + (" + scalar(random, below) + ")^2)";
            default -> "-(" + scalar(random, below) + ") + mean(" + vector(random, below) + ")";
        };
    }

    private static String vector(Random random, int depth) {
        if (depth == 0) {
            return List.of("x", "x[3:-1:1]", "[0.5, 1, -2]").get(random.nextInt(3)) + " + 0.1 * x";
        }
        int below = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "sin(" + vector(random, below) + ")";
            case 1 -> "cumsum(" + vector(random, below) + ") * tanh(" + vector(random, below) + ")";
            case 2 -> "outer(" + vector(random, below) + ", sigmoid(" + vector(random, below) + ")) @ [1, 0.5, 2]";
            case 3 -> "[" + scalar(random, below) + ", x[2], " + scalar(random, below) + "]";
            case 4 -> "concat(x[2:3], " + scalar(random, below) + ")";
            default -> "where(x > 0, " + vector(random, below) + ", " + vector(random, below) + ")";
        };
    }
}

package dev.secant.objective;

import dev.secant.objective.graph.Elementwise;
import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.Operation;
import dev.secant.objective.graph.Pairwise;
import dev.secant.objective.graph.Reduction;
import dev.secant.objective.graph.TensorType;
import java.util.List;

/**
 * What evaluations of a formula take, and from how many points on tensors are faster than plain arrays.
 *
 * <p>An operation of the engine takes microseconds before it does anything; then its loops over functions and its matrix
 * products are several times faster than the JVM's, while those over sums and products write more to memory. So each
 * operation has a price an item that arrays take longer, which may be negative, and a formula goes to tensors where the
 * points' prices exceed what the engine's calls take. The constants are measured; the test class {@code CrossoverReport}
 * prints what they predict beside what is.
 *
 * @param cost operations and elements
 * @param callNanos what the engine's calls take
 * @param excessNanos by how much an item takes longer on arrays, but for the engine's calls
 */
record EvaluationCost(CompiledObjective.Cost cost, double callNanos, double excessNanos) {

    /** A call of the engine, whatever its size. */
    private static final double CALL_NANOS = 6_000;

    /** The calls of an operation of the point: forward, and two backward. */
    private static final int CALLS = 3;

    /** By how much sums, products and moves are faster on arrays, an element. */
    private static final double ARITHMETIC_NANOS = -2;

    /** By how much a function and its derivative are slower, an element. */
    private static final double FUNCTION_NANOS = 30;

    /** By how much the products in matrix products are slower, each; the gradients make as many again. */
    private static final double PRODUCT_NANOS = 1;

    /** Numbers in a formula's nodes above which it is left to the engine's memory: their values and adjoints take 16 bytes each. */
    private static final long LARGEST_ON_HEAP = 2_000_000;

    static EvaluationCost of(List<Node> nodes) {
        int operations = 0;
        long elements = 0;
        int calls = 0;
        double excess = 0;
        for (Node node : nodes) {
            if (node.isVariable() && !node.inputs().isEmpty()) {
                operations++;
                elements += node.type().elements();
                calls += node.dependsOnPoint() ? CALLS : 1;
                excess += excess(node);
            }
        }
        return new EvaluationCost(new CompiledObjective.Cost(operations, elements), calls * CALL_NANOS, excess);
    }

    /** Whether so many points are evaluated faster one by one on arrays. */
    boolean suitsArrays(int points) {
        return cost.elements() <= LARGEST_ON_HEAP && points * excessNanos <= callNanos;
    }

    private static double excess(Node node) {
        double elements = node.type().elements();
        Operation operation = node.operation();
        if (operation instanceof Operation.Map map) {
            return elements * (isArithmetic(map.function()) ? ARITHMETIC_NANOS : FUNCTION_NANOS);
        } else if (operation instanceof Operation.Combine combine && combine.function() == Pairwise.POWER) {
            return elements * 2 * FUNCTION_NANOS;
        } else if (operation instanceof Operation.Reduce reduce && reduce.reduction() == Reduction.LOGSUMEXP) {
            return node.inputs().get(0).type().elements() * FUNCTION_NANOS;
        } else if (operation instanceof Operation.MatrixProduct) {
            TensorType left = node.inputs().get(0).type();
            int inner = left.isMatrix() ? left.columns() : left.length();
            return elements * inner * (node.dependsOnPoint() ? 2 : 1) * PRODUCT_NANOS;
        }
        return elements * ARITHMETIC_NANOS;
    }

    private static boolean isArithmetic(Elementwise function) {
        return switch (function) {
            case SQRT, ABS, SIGN, SQUARE, NEGATE -> true;
            case EXP, LOG, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, SIGMOID, SOFTPLUS -> false;
        };
    }
}

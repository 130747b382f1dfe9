package dev.secant.problems;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random convex quadratics, starts uniform in {@code [-5.12, 5.12]^n} (L-SR1, arXiv 2508.12270, section 5.1.1).
 *
 * @param largestCondition condition numbers above this are drawn again; infinite for none, as in the paper's training
 */
public record Quadratics(double largestCondition) implements ProblemFamily {

    /** The bound of the paper's validation and test sets. */
    public static final double TEST_CONDITION = 1000;

    private static final double START_BOUND = 5.12;

    public Quadratics {
        if (!(largestCondition >= 1)) {
            throw new IllegalArgumentException(
                    "The largestCondition (%s) of quadratics must be at least 1.".formatted(largestCondition));
        }
    }

    /** Of any condition number. */
    public Quadratics() {
        this(Double.POSITIVE_INFINITY);
    }

    @Override
    public String name() {
        return "quadratic";
    }

    @Override
    public Quadratics forTesting() {
        return new Quadratics(TEST_CONDITION);
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        List<Quadratic> drawn = new ArrayList<>(items);
        while (drawn.size() < items) {
            Quadratic quadratic = Quadratic.draw(dimension, random);
            boolean admitted = Double.isInfinite(largestCondition)
                    ? quadratic.isRegular()
                    : quadratic.isConditionedWithin(largestCondition);
            if (admitted) {
                drawn.add(quadratic);
            }
        }
        return new ProblemSet(
                new QuadraticBatch(drawn),
                ProblemSet.uniformStart(items, dimension, START_BOUND, type, random, manager),
                drawn.stream().mapToDouble(Quadratic::minimum).toArray());
    }
}

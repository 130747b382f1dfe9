package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.quasinewton.Lbfgs;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Logistic regressions with a small ridge on random data: twice as many examples as variables and ten more, features normal with scales
 * from 0.1 to 10, labels from a random plane with one in ten flipped; starts normal. Their minima are found when they are
 * drawn.
 */
public record LogisticRegression() implements ProblemFamily {

    private static final double RIDGE = 1e-3;
    private static final double FLIPPED = 0.1;
    private static final StopRule TO_THE_END = StopRule.steps(2000).withGradientTolerance(1e-9);

    @Override
    public String name() {
        return "logistic";
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        List<ArrayForm.Function> functions = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            functions.add(Regression.draw(dimension, random));
        }
        ItemFunctions objective = new ItemFunctions(dimension, functions);
        double[] start = random.doubles((long) items * dimension)
                .map(unused -> random.nextGaussian())
                .toArray();
        NDArray starts = ProblemSet.arrayOf(start, type, manager, items, dimension);
        try (NDArray exact = ProblemSet.arrayOf(start, DataType.FLOAT64, manager, items, dimension);
                Optimum optimum = new Lbfgs().minimize(objective, exact, TO_THE_END)) {
            double[] minima =
                    optimum.items().stream().mapToDouble(Optimum.Outcome::value).toArray();
            return new ProblemSet(objective, starts, minima);
        }
    }

    /**
     * Mean of {@code log(1 + exp(-y_k a_k'x))} and the ridge.
     *
     * @param examples {@code y_k a_k}, {@code [m][n]}
     */
    private record Regression(double[][] examples) implements ArrayForm.Function {

        static Regression draw(int n, RandomGenerator random) {
            double[] plane = Quadratic.normals(n, random);
            double[] scales = random.doubles(n, -1, 1)
                    .map(exponent -> Math.pow(10, exponent))
                    .toArray();
            double[][] examples = new double[2 * n + 10][];
            for (int k = 0; k < examples.length; k++) {
                double[] example = Quadratic.normals(n, random);
                double label = Quadratic.dot(example, plane) >= 0 == random.nextDouble() >= FLIPPED ? 1 : -1;
                for (int j = 0; j < n; j++) {
                    example[j] *= label * scales[j];
                }
                examples[k] = example;
            }
            return new Regression(examples);
        }

        @Override
        public double evaluate(double[] x, double[] gradient) {
            double value = 0.5 * RIDGE * Quadratic.dot(x, x);
            for (int j = 0; j < x.length; j++) {
                gradient[j] = RIDGE * x[j];
            }
            for (double[] example : examples) {
                double margin = Quadratic.dot(example, x);
                double small = Math.exp(-Math.abs(margin));
                value += (Math.log1p(small) + Math.max(0, -margin)) / examples.length;
                double slope = (margin > 0 ? small / (1 + small) : 1 / (1 + small)) / examples.length;
                for (int j = 0; j < x.length; j++) {
                    gradient[j] -= slope * example[j];
                }
            }
            return value;
        }
    }
}

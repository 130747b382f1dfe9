package dev.secant.training;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.secant.SecantPopulation;
import dev.secant.problems.ProblemSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What policies are worth on problems: the mean over problems, and over five marks up to a number of evaluations, of
 * {@code log10 (f - f*) / (f_0 - f*)} with the lowest value so far; at best {@value #FLOOR}.
 *
 * @param evaluations of value and gradient, the last mark
 * @param memory L
 * @param parallel who share the policies; the losses do not depend on how many they are
 */
record PolicyTrial(int evaluations, int memory, ParallelTrials parallel) {

    private static final double FLOOR = -8;
    private static final int MARKS = 5;

    /**
     * The losses.
     *
     * @param policies P of them
     * @param problems B of them, whose objective works on arrays
     * @return P numbers
     */
    double[] losses(List<SecantPolicy> policies, ProblemSet problems) {
        if (!(problems.objective() instanceof ArrayObjective objective)) {
            throw new IllegalArgumentException("Policies are trained on objectives that work on arrays.");
        }
        int share = (policies.size() + parallel.count() - 1) / parallel.count();
        List<Callable<double[]>> shares = new ArrayList<>();
        for (int from = 0; from < policies.size(); from += share) {
            List<SecantPolicy> some = policies.subList(from, Math.min(policies.size(), from + share));
            shares.add(() -> losses(some, problems, objective));
        }
        return parallel.all(shares).stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private double[] losses(List<SecantPolicy> policies, ProblemSet problems, ArrayObjective objective) {
        long items = problems.start().getShape().get(0);
        StopRule rule = StopRule.steps(Integer.MAX_VALUE).withMaxEvaluations(evaluations);
        double[] losses = new double[policies.size()];
        try (NDArray starts = problems.start().tile(new long[] {policies.size(), 1});
                Optimum optimum = new SecantPopulation(policies, memory)
                        .minimize(new Repeated(objective, (int) items), starts, rule)) {
            for (int item = 0; item < optimum.items().size(); item++) {
                double minimum = problems.minima()[(int) (item % items)];
                losses[(int) (item / items)] += loss(optimum.items().get(item), minimum) / items;
            }
        }
        return losses;
    }

    private double loss(Optimum.Outcome outcome, double minimum) {
        double[] values = outcome.values();
        int[] counts = outcome.evaluationCounts();
        double first = values[0] - minimum;
        double sum = 0;
        double lowest = first;
        int at = 0;
        for (int mark = 1; mark <= MARKS; mark++) {
            while (at < values.length && counts[at] <= evaluations * mark / MARKS) {
                lowest = Math.min(lowest, values[at++] - minimum);
            }
            sum += lowest > 0 && first > 0 ? Math.max(FLOOR, Math.log10(lowest / first)) : FLOOR;
        }
        return sum / MARKS;
    }

    /** The same problems again and again. */
    private record Repeated(ArrayObjective objective, int items) implements ArrayObjective {

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public double evaluate(int item, double[] x, double[] gradient) {
            return objective.evaluate(item % items, x, gradient);
        }

        @Override
        public Objective select(int[] rows) {
            throw new UnsupportedOperationException("Methods on arrays name the items they evaluate.");
        }
    }
}

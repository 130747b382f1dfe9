package dev.secant.evaluation.trial;

import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Quadratic;
import dev.secant.problems.QuadraticBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs methods for a fixed number of steps on the same problems.
 *
 * @param problems with their starts
 * @param steps of each run
 */
public record ConvergenceTrial(ProblemSet problems, int steps) {

    /** Below this relative gap the Newton direction is rounding. */
    private static final double LEAST_GAP_WITH_DIRECTION = 1e-10;

    /** How a method gets on. */
    public ConvergenceCurves run(Optimizer optimizer) {
        return run(optimizer.name(), optimizer);
    }

    /** How a method gets on, under another name than its own. */
    public ConvergenceCurves run(String name, Optimizer optimizer) {
        PointRecorder recorder = new PointRecorder();
        boolean knowsNewton = problems.objective() instanceof QuadraticBatch;
        try (Optimum optimum = optimizer.minimize(
                problems.objective(),
                problems.start(),
                StopRule.steps(steps),
                knowsNewton ? recorder : Observer.NONE)) {
            List<ConvergenceCurves.Way> ways = new ArrayList<>();
            for (int b = 0; b < optimum.items().size(); b++) {
                Optimum.Outcome outcome = optimum.items().get(b);
                ways.add(new ConvergenceCurves.Way(
                        problems.minima()[b],
                        outcome.values(),
                        outcome.evaluationCounts(),
                        newtonCosines(b, outcome, recorder.points),
                        outcome.secantResiduals()));
            }
            return ConvergenceCurves.of(name, ways, steps);
        }
    }

    /**
     * Conjugate gradients with an exact line search, one evaluation a step: no method whose steps lie in the span of the
     * gradients seen is closer to the minimum in the norm of the Hessian (Nocedal and Wright, Numerical Optimization, 2nd
     * ed. 2006, theorem 5.3).
     *
     * @throws IllegalStateException unless the problems are quadratics
     */
    public ConvergenceCurves runKrylovLimit() {
        if (!(problems.objective() instanceof QuadraticBatch batch)) {
            throw new IllegalStateException("The Krylov limit is known for quadratics only.");
        }
        int n = batch.dimension();
        double[] starts = ProblemSet.doubles(problems.start());
        List<ConvergenceCurves.Way> ways = new ArrayList<>();
        for (int b = 0; b < batch.quadratics().size(); b++) {
            Quadratic quadratic = batch.quadratics().get(b);
            double[] start = Arrays.copyOfRange(starts, b * n, (b + 1) * n);
            ways.add(krylovWay(quadratic, start, problems.minima()[b]));
        }
        return ConvergenceCurves.of("Krylov limit", ways, steps);
    }

    private ConvergenceCurves.Way krylovWay(Quadratic quadratic, double[] start, double minimum) {
        int n = start.length;
        double[] values = new double[steps + 1];
        int[] evaluations = new int[steps + 1];
        double[] cosines = new double[steps + 1];
        double[] unknown = new double[steps + 1];
        Arrays.fill(unknown, Double.NaN);
        Arrays.fill(cosines, Double.NaN);
        double[] x = start.clone();
        double[] gradient = quadratic.times(x);
        double[] direction = new double[n];
        for (int j = 0; j < n; j++) {
            gradient[j] += quadratic.linear()[j];
            direction[j] = -gradient[j];
        }
        values[0] = quadratic.value(x);
        evaluations[0] = 1;
        for (int k = 1; k <= steps; k++) {
            evaluations[k] = k + 1;
            double squared = Quadratic.dot(gradient, gradient);
            double[] product = quadratic.times(direction);
            double curvature = Quadratic.dot(direction, product);
            double length = curvature > 0 ? squared / curvature : 0;
            if ((values[k - 1] - minimum) > LEAST_GAP_WITH_DIRECTION * (values[0] - minimum)) {
                cosines[k] = cosine(direction, quadratic.newtonDirection(x));
            }
            for (int j = 0; j < n; j++) {
                x[j] += length * direction[j];
                gradient[j] += length * product[j];
            }
            double beta = squared > 0 ? Quadratic.dot(gradient, gradient) / squared : 0;
            for (int j = 0; j < n; j++) {
                direction[j] = -gradient[j] + beta * direction[j];
            }
            values[k] = Math.min(values[k - 1], quadratic.value(x));
        }
        return new ConvergenceCurves.Way(minimum, values, evaluations, cosines, unknown);
    }

    private double[] newtonCosines(int item, Optimum.Outcome outcome, List<double[]> points) {
        double[] cosines = new double[outcome.values().length];
        Arrays.fill(cosines, Double.NaN);
        if (problems.objective() instanceof QuadraticBatch batch) {
            Quadratic quadratic = batch.quadratics().get(item);
            int n = batch.dimension();
            double startGap = outcome.values()[0] - problems.minima()[item];
            for (int k = 1; k < cosines.length && k < points.size(); k++) {
                double[] from = Arrays.copyOfRange(points.get(k - 1), item * n, (item + 1) * n);
                double[] step = Arrays.copyOfRange(points.get(k), item * n, (item + 1) * n);
                for (int j = 0; j < n; j++) {
                    step[j] -= from[j];
                }
                double gap = outcome.values()[k - 1] - problems.minima()[item];
                if (gap > LEAST_GAP_WITH_DIRECTION * startGap) {
                    cosines[k] = cosine(step, quadratic.newtonDirection(from));
                }
            }
        }
        return cosines;
    }

    private static double cosine(double[] a, double[] b) {
        return Quadratic.dot(a, b) / Math.sqrt(Quadratic.dot(a, a) * Quadratic.dot(b, b));
    }

    /** Keeps the points of all items at every step. */
    private static final class PointRecorder implements Observer {

        private final List<double[]> points = new ArrayList<>();

        @Override
        public void onStep(int step, Points x) {
            points.add(x.numbers());
        }
    }
}

package dev.secant.optimizer.quasinewton;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.AskTellMethod;
import dev.secant.optimizer.batch.Vectors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory SR1 in a trust region for one problem on plain arrays.
 *
 * <p>A rejected trial is learned from as well: it measured the curvature where the model was wrong, and SR1 needs no positive
 * one. Where nothing is known, the curvature is taken for the largest among the stored pairs, so that the many steps of a
 * valley do not forget how steep its walls are.
 */
final class TrustRegionSr1Method implements AskTellMethod {

    private static final double ACCEPTED_RATIO = 1e-4;
    private static final double GOOD_RATIO = 0.75;
    private static final double POOR_RATIO = 0.1;
    private static final double GROWTH = 4;
    private static final double LEAST_CURVATURE = 1e-8;
    private static final int MAX_TRIALS = 40;
    private static final double ROUNDING_UNITS = 10;

    private final int memory;
    private final double epsilon;
    private final Deque<Sr1Model.Pair> pairs = new ArrayDeque<>();
    private double radius = Double.NaN;
    private double gamma = Double.NaN;

    /**
     * Without pairs.
     *
     * @param memory the pairs kept
     * @param epsilon the rounding unit of the batch's data type
     */
    TrustRegionSr1Method(int memory, double epsilon) {
        this.memory = memory;
        this.epsilon = epsilon;
    }

    @Override
    public Step begin(ArrayPoint current) {
        if (Double.isNaN(radius)) {
            radius = current.firstLength();
            gamma = current.gradientNorm() / radius;
        }
        return new TrustRegionStep(current);
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        // Each pair is divided by the step's length, which changes no secant equation and keeps products in range.
        double scale = 1 / to.stepLength();
        double[] change = Vectors.difference(to.gradient(), from.gradient());
        if (pairs.size() == memory) {
            pairs.removeFirst();
        }
        pairs.addLast(new Sr1Model.Pair(Vectors.scaled(scale, to.step()), Vectors.scaled(scale, change)));
        double largest = 0;
        for (Sr1Model.Pair pair : pairs) {
            double curvature = Vectors.dot(pair.step(), pair.change());
            double squared = Vectors.dot(pair.change(), pair.change());
            if (curvature > LEAST_CURVATURE * Math.sqrt(squared)) {
                largest = Math.max(largest, squared / curvature);
            }
        }
        gamma = largest > 0 ? largest : gamma;
    }

    private final class TrustRegionStep implements Step {

        private final ArrayPoint current;
        private Sr1Model model;
        private double predicted;
        private int trials;
        private @Nullable ArrayPoint taken;

        TrustRegionStep(ArrayPoint current) {
            this.current = current;
            this.model = new Sr1Model(new ArrayList<>(pairs), gamma);
        }

        @Override
        public double[] displacement() {
            Sr1Model.Step step = model.step(current.gradient(), radius);
            predicted = step.decrease();
            return step.displacement();
        }

        @Override
        public boolean tell(ArrayPoint trial) {
            trials++;
            if (judge(trial)) {
                taken = trial;
                return true;
            }
            if (trial.isFinite() && trial.stepLength() > 0) {
                learn(current, trial);
                model = new Sr1Model(new ArrayList<>(pairs), gamma);
            }
            return trials == MAX_TRIALS || trial.stepLength() == 0;
        }

        /** Whether a trial is taken; sets the radius. */
        private boolean judge(ArrayPoint trial) {
            double length = trial.stepLength();
            if (!trial.isFinite()) {
                radius = 0.1 * Math.min(radius, length);
                return false;
            }
            double tolerance = ROUNDING_UNITS * epsilon * Math.abs(current.value());
            double decrease = current.value() - trial.value();
            boolean lostInRounding = Math.abs(decrease) <= tolerance && predicted <= tolerance;
            double ratio = lostInRounding ? 1 : decrease / predicted;
            if (ratio > GOOD_RATIO && length > 0.8 * radius) {
                radius *= GROWTH;
            } else if (!(ratio > POOR_RATIO)) {
                // To the minimizer of the parabola through both values and the trial's slope, as far as that can be
                // trusted.
                double factor = (trial.slope() + 2 * decrease) / (2 * (trial.slope() + decrease));
                radius = (factor > 0.2 ? Math.min(0.6, factor) : 0.2) * Math.min(radius, length);
            }
            return length > 0 && ratio > ACCEPTED_RATIO;
        }

        @Override
        public @Nullable ArrayPoint chosen() {
            return taken;
        }

        @Override
        public double predictedDecrease() {
            return predicted;
        }

        @Override
        public boolean wasSafeguarded() {
            return trials > 1;
        }
    }
}

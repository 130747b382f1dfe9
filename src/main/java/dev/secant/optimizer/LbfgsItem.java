package dev.secant.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS with a strong Wolfe line search for one problem on plain arrays, with the fallbacks of {@link
 * LineSearchRun}.
 */
final class LbfgsItem implements ItemMethod {

    /** Values closer than this many units of rounding of {@code |f|} are taken as equal. */
    private static final double ROUNDING_UNITS = 10;

    private final int memory;
    private final double curvature;
    private final double epsilon;
    private InversePairs pairs;

    /**
     * Without pairs.
     *
     * @param memory the pairs kept
     * @param curvature c2 of the Wolfe conditions
     * @param epsilon the rounding unit of the batch's data type
     */
    LbfgsItem(int memory, double curvature, double epsilon) {
        this.memory = memory;
        this.curvature = curvature;
        this.epsilon = epsilon;
        this.pairs = new InversePairs(memory);
    }

    @Override
    public Step begin(ArrayPoint current) {
        double[] direction = pairs.descent(current.gradient());
        double slope = Vectors.dot(direction, current.gradient());
        if (slope < 0 && Double.isFinite(slope)) {
            double trial = pairs.isEmpty() ? current.firstLength() / current.gradientNorm() : 1;
            return new LineStep(current, new Line(current, direction, slope, trial));
        }
        LineStep step = new LineStep(current, downhill(current));
        step.safeguarded = true;
        return step;
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        pairs.push(to.step(), Vectors.difference(to.gradient(), from.gradient()));
    }

    /** Forgets what was learned and goes along the negative gradient. */
    private Line downhill(ArrayPoint current) {
        pairs = new InversePairs(memory);
        double norm = current.gradientNorm();
        return new Line(current, Vectors.scaled(-1, current.gradient()), -norm * norm, current.firstLength() / norm);
    }

    /** A search along a direction with its trials. */
    private final class Line {
        final double[] direction;
        final double firstTrial;
        final WolfeSearch search;
        final List<ArrayPoint> trials = new ArrayList<>(4);

        Line(ArrayPoint from, double[] direction, double slope, double firstTrial) {
            this.direction = direction;
            this.firstTrial = firstTrial;
            double tolerance = ROUNDING_UNITS * epsilon * Math.abs(from.value());
            this.search = new WolfeSearch(from.value(), slope, firstTrial, tolerance, curvature);
        }

        void tell(ArrayPoint trial) {
            double length = search.trial();
            trials.add(trial);
            search.tell(trial.isFinite() ? trial.value() : Double.NaN, trial.slope() / length);
        }

        @Nullable
        ArrayPoint chosen() {
            ArrayPoint chosen = search.chosen() < 0 ? null : trials.get(search.chosen());
            // A step that the arithmetic rounds away is none.
            return chosen != null && chosen.stepLength() > 0 ? chosen : null;
        }
    }

    private final class LineStep implements Step {

        private final ArrayPoint current;
        private Line line;
        private boolean retried;
        private boolean safeguarded;

        LineStep(ArrayPoint current, Line line) {
            this.current = current;
            this.line = line;
        }

        @Override
        public double[] displacement() {
            return Vectors.scaled(line.search.trial(), line.direction);
        }

        @Override
        public boolean tell(ArrayPoint trial) {
            safeguarded |= !line.trials.isEmpty() && line.search.trial() < line.firstTrial;
            line.tell(trial);
            if (!line.search.isDone()) {
                return false;
            }
            if (line.chosen() != null || retried) {
                return true;
            }
            line = downhill(current);
            retried = true;
            safeguarded = true;
            return false;
        }

        @Override
        public @Nullable ArrayPoint chosen() {
            return line.chosen();
        }

        @Override
        public boolean wasSafeguarded() {
            return safeguarded;
        }
    }
}

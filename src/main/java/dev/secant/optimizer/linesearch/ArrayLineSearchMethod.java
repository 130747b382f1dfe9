package dev.secant.optimizer.linesearch;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.AskTellMethod;
import dev.secant.optimizer.batch.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that chooses a direction and searches along it, for one problem on plain arrays, with the fallbacks of {@link
 * LineSearchMethod}: where a direction does not descend, or nothing acceptable lies along it, it forgets what it learned and tries
 * steepest descent in the same step.
 */
public final class ArrayLineSearchMethod implements AskTellMethod {

    /** What a method knows of one problem's curvature. */
    public interface Curvature {

        /** {@code -B g}. */
        double[] descent(double[] gradient);

        /** The first step length to try along it; NaN where nothing is known. */
        double firstTrial();

        /** Learns from a step that was taken. */
        void learn(ArrayPoint from, ArrayPoint to);

        /** Forgets what was learned. */
        void forget();
    }

    private final Curvature curvature;
    private final LineSearchStrategy.Factory searches;
    private final double epsilon;

    /**
     * A method.
     *
     * @param epsilon the rounding unit of the batch's data type
     */
    public ArrayLineSearchMethod(Curvature curvature, LineSearchStrategy.Factory searches, double epsilon) {
        this.curvature = curvature;
        this.searches = searches;
        this.epsilon = epsilon;
    }

    @Override
    public Step begin(ArrayPoint current) {
        double[] direction = curvature.descent(current.gradient());
        double slope = Vectors.dot(direction, current.gradient());
        if (slope < 0 && Double.isFinite(slope)) {
            double known = curvature.firstTrial();
            double trial = Double.isNaN(known) ? current.firstLength() / current.gradientNorm() : known;
            return new LineStep(current, new Line(current, direction, slope, trial));
        }
        LineStep step = new LineStep(current, downhill(current));
        step.safeguarded = true;
        return step;
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        curvature.learn(from, to);
    }

    /** Forgets what was learned and goes along the negative gradient. */
    private Line downhill(ArrayPoint current) {
        curvature.forget();
        double norm = current.gradientNorm();
        return new Line(current, Vectors.scaled(-1, current.gradient()), -norm * norm, current.firstLength() / norm);
    }

    /** A search along a direction with its trials. */
    private final class Line {
        final double[] direction;
        final double firstTrial;
        final LineSearchStrategy search;
        final List<ArrayPoint> trials = new ArrayList<>(4);

        Line(ArrayPoint from, double[] direction, double slope, double firstTrial) {
            this.direction = direction;
            this.firstTrial = firstTrial;
            this.search = searches.begin(from.value(), slope, firstTrial, from.tolerance(epsilon));
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

package dev.secant.optimizer.batch;

import org.jspecify.annotations.Nullable;

/** A method at work on one problem on plain arrays. {@link ArrayBatchRun} lets the items of a batch share each evaluation. */
public interface AskTellMethod {

    /** Makes the method of each item. */
    @FunctionalInterface
    interface Factory {

        /**
         * The method of one item.
         *
         * @param item its place in the batch as it was started
         * @param epsilon the rounding unit of the start's data type
         */
        AskTellMethod make(int item, double epsilon);
    }

    /** Begins a step at the current point. */
    Step begin(ArrayPoint current);

    /** Learns from the step that was taken. */
    void learn(ArrayPoint from, ArrayPoint to);

    /** One step, as a conversation: it names displacements and is told what is there, until it is done. */
    interface Step {

        /** The displacement to try next, from the current point, {@code [n]}. */
        double[] displacement();

        /**
         * Answers the trial.
         *
         * @return whether the step ends here
         */
        boolean tell(ArrayPoint trial);

        /** The trial to move to; null while none is acceptable. Where a step is broken off, this is the best it has. */
        @Nullable
        ArrayPoint chosen();

        /** Whether the first proposal was shortened or replaced. */
        boolean wasSafeguarded();

        /** The decrease that the method's model foretells of the step; NaN where it has none. */
        default double predictedDecrease() {
            return Double.NaN;
        }

        /** {@code ||B q - p|| / ||p||} of the chosen trial's pair, before it was learned; NaN where that is not known. */
        default double secantResidual() {
            return Double.NaN;
        }
    }
}

package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import org.jspecify.annotations.Nullable;

/**
 * A method that names displacements and judges what is there, item by item, until each has a point to move to: control in scalars of one
 * item, vectors a batch at a time. {@link TrialLoop} lets all items that still search share each evaluation.
 */
public interface TrialMethod extends AutoCloseable {

    /** What a method says to a trial of an item. */
    enum Verdict {
        /** Not acceptable; the item tries again. */
        TRY_AGAIN,
        /** The best of this step so far; the item tries again. */
        PREFER,
        /** The item moves there. */
        ACCEPT,
        /** The item tries no further, and moves to what was preferred last; without that it has stalled. */
        END
    }

    /**
     * What to evaluate: {@code length * direction} from the current points.
     *
     * @param direction {@code [k, n]}
     * @param lengths one a row; null for 1
     */
    record Proposal(Block direction, double @Nullable [] lengths) {}

    /** What a step costs before its first trial and with it; items that cannot afford it stop. */
    default int evaluations() {
        return 1;
    }

    /** A step of all running items begins at {@link BatchRun#current()}. */
    void begin();

    /** The next trials of some running rows; the first of a step is of all. */
    Proposal propose(RowSelection rows);

    /** Asks for numbers of the trials that are read back together with their values; nothing of them may be looked at yet. */
    default void measure(BatchEvaluation trials) {}

    /**
     * Judges a trial.
     *
     * @param row the running item
     * @param k its place among the trials
     */
    Verdict tell(int row, BatchEvaluation trials, int k);

    /** Whether the step's first proposal of an item was shortened or replaced. */
    boolean wasSafeguarded(int row);

    /**
     * Learns from the step of all running items to the next points, before it is taken. Rows of items that stall or whose next point is
     * not finite hold any numbers: they leave with this step.
     */
    void learn(BatchEvaluation next);

    /** Only these rows still run; never called with none. */
    void keep(RowSelection rows);

    @Override
    void close();
}

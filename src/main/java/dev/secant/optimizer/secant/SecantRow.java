package dev.secant.optimizer.secant;

import dev.secant.optimizer.vectors.Vectors;
import org.jspecify.annotations.Nullable;

/** The vectors of one row. None of the arrays is ever modified: they may belong to the run or to a pair. */
final class SecantRow {
    final InverseHessianOnArrays inverse;

    /** The extrapolated point less the current one; null where they are the same. */
    double @Nullable [] offset;

    /** The gradient at the extrapolated point; null where that is the current one. */
    double @Nullable [] base;

    double[] direction = {};
    double factor = 1;
    boolean replaced;

    /** Of the trial that was looked at last: its gradient less that at the extrapolated and at the current point. */
    double @Nullable [] lineChange;

    double @Nullable [] moveChange;

    /** The gradient at a probe, and the asymmetry that it is part of. */
    double[] probed = {};

    double[] asymmetry = {};

    /** The displacement of a hop's next trial; null where the next trial is the search's. */
    double @Nullable [] hop;

    SecantRow(InverseHessianOnArrays inverse) {
        this.inverse = inverse;
    }

    /** The extrapolated point is the current one again. */
    void returnToCurrent() {
        offset = null;
        base = null;
    }

    /** Sets the line that the next trial is on. */
    void aim(double[] along, double length) {
        direction = along;
        factor = length;
        replaced = false;
    }

    /** From the current point to the next trial, by way of the extrapolated point. */
    double[] displacement() {
        return offset == null ? Vectors.scaled(factor, direction) : Vectors.combination(factor, direction, 1, offset);
    }
}

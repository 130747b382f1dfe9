package dev.secant.jobs.minimization;

import dev.secant.minimize.MinimizationPlan;

/** The one place that decides where starts run. */
@FunctionalInterface
interface BatchPlacement {

    /** Where starts run. */
    enum Place {
        /** On plain arrays, on the processor's threads. */
        ARRAYS,
        /** On the tensors of a device. */
        DEVICE
    }

    /**
     * Where some starts of a plan run.
     *
     * @param starts how many, 1 or more
     */
    Place of(MinimizationPlan plan, int starts);
}

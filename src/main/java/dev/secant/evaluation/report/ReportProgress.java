package dev.secant.evaluation.report;

/** Hears how a report gets on. */
@FunctionalInterface
public interface ReportProgress {

    /** Shows nothing. */
    ReportProgress NONE = (done, all) -> {};

    /**
     * After each part.
     *
     * @param done parts done
     * @param all parts in all
     */
    void onPart(int done, int all);
}

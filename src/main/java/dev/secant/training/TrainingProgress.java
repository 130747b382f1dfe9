package dev.secant.training;

/** Hears how a training gets on. */
public interface TrainingProgress {

    /** After each step; the loss is smoothed. */
    void onStep(String stage, int step, int steps, double loss);

    /** After each validation. */
    void onValidation(String stage, int step, String report);
}

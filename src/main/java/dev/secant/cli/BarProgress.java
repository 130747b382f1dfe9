package dev.secant.cli;

import dev.secant.training.TrainingProgress;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training's progress as a bar with an estimate of the time left. */
record BarProgress(ProgressBar bar) implements TrainingProgress {

    @Override
    public void onStep(String stage, int step, int steps, double loss) {
        bar.maxHint(steps);
        bar.stepTo(step);
    }

    @Override
    public void onValidation(String stage, int step, String report) {
        bar.setExtraMessage(report);
    }
}

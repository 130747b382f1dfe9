package dev.secant.cli;

import dev.secant.evaluation.report.ReportProgress;
import dev.secant.training.TrainingProgress;
import me.tongfei.progressbar.ProgressBar;

/** Shows the progress of a training or a report as a bar with an estimate of the time left. */
record ConsoleProgress(ProgressBar bar) implements TrainingProgress, ReportProgress {

    @Override
    public void onStep(String stage, int step, int steps, double loss) {
        bar.maxHint(steps);
        bar.stepTo(step);
    }

    @Override
    public void onValidation(String stage, int step, String report) {
        bar.setExtraMessage(report);
    }

    @Override
    public void onPart(int done, int all) {
        bar.maxHint(all);
        bar.stepTo(done);
    }
}

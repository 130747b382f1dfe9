package dev.secant.cli;

import dev.secant.evaluation.ReportProgress;
import me.tongfei.progressbar.ProgressBar;

/** Shows a report's progress as a bar. */
record PartsBar(ProgressBar bar) implements ReportProgress {

    @Override
    public void onPart(int done, int all) {
        bar.maxHint(all);
        bar.stepTo(done);
    }
}

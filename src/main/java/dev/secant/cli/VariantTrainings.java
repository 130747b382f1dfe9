package dev.secant.cli;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.training.TrainingProgress;
import dev.secant.training.TrainingVariant;
import dev.secant.training.VariantTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;

/** Trains variants with some seeds each under one progress bar. */
final class VariantTrainings {

    private VariantTrainings() {}

    /**
     * Trains what was not trained before.
     *
     * @param seeds 1 to this
     * @return the checkpoints of each variant
     */
    static List<List<Checkpoint>> train(
            String name, VariantTraining training, List<TrainingVariant> variants, int seeds) throws IOException {
        List<List<Checkpoint>> trained = new ArrayList<>();
        long done = 0;
        try (ProgressBar bar = new ProgressBar(name, (long) variants.size() * seeds * training.steps())) {
            for (TrainingVariant variant : variants) {
                List<Checkpoint> checkpoints = new ArrayList<>();
                for (int seed = 1; seed <= seeds; seed++) {
                    bar.setExtraMessage(variant.label());
                    checkpoints.add(training.train(variant, seed, new Part(bar, done)));
                    done += training.steps();
                    bar.stepTo(done);
                }
                trained.add(checkpoints);
            }
        }
        return trained;
    }

    /** One training's part of the bar. */
    private record Part(ProgressBar bar, long before) implements TrainingProgress {

        @Override
        public void onStep(String stage, int step, int all, double loss) {
            bar.stepTo(before + step);
        }

        @Override
        public void onValidation(String stage, int step, String report) {}
    }
}

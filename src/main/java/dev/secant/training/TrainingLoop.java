package dev.secant.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs training steps with a log, a saved state every few minutes, and resumption.
 *
 * <p>Files in the folder: {@code NAME.state.safetensors} and {@code NAME.csv} (step, learning rate, loss, then the validation's
 * columns where it was due). A step depends on its number and the state alone, so that a resumed run continues identically.
 */
public final class TrainingLoop {

    /** One stage of training. */
    public interface Stage {

        /** Its name; the stem of its files. */
        String name();

        /** The columns that {@link #validate} fills. */
        List<String> validationColumns();

        /** Draws the batch of a step, adds the gradient to the parameters and returns the loss. */
        double accumulate(int step);

        /** Measures the model as it stands. */
        double[] validate() throws IOException;
    }

    /**
     * How long and how often.
     *
     * @param steps in all
     * @param validateEvery steps between validations
     * @param saveEvery time between saved states
     */
    public record Plan(int steps, int validateEvery, Duration saveEvery) {}

    private final Path folder;
    private final Plan plan;
    private final Clock clock;
    private final TrainingProgress progress;

    public TrainingLoop(Path folder, Plan plan, Clock clock, TrainingProgress progress) {
        this.folder = folder;
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** Runs a stage from its saved state, or from the parameters as they are, to its end. */
    public void run(Stage stage, Parameters parameters, AdamW optimizer, LearningRateSchedule schedule)
            throws IOException {
        Files.createDirectories(folder);
        Path stateFile = folder.resolve(stage.name() + ".state.safetensors");
        Optional<TrainingState> saved = TrainingState.read(stateFile);
        int step = 0;
        if (saved.isPresent()) {
            saved.get().restore(parameters, optimizer);
            step = saved.get().step();
        } else {
            log(stage, "step,learning_rate,loss," + String.join(",", stage.validationColumns()), true);
        }
        Instant lastSave = clock.instant();
        double smooth = Double.NaN;
        while (step < plan.steps()) {
            double loss = stage.accumulate(step);
            double rate = schedule.at(step);
            optimizer.step(rate);
            step++;
            smooth = Double.isNaN(smooth) ? loss : 0.99 * smooth + 0.01 * loss;
            progress.onStep(stage.name(), step, plan.steps(), smooth);
            boolean last = step == plan.steps();
            if (step % plan.validateEvery() == 0 || last) {
                validate(stage, step, rate, smooth);
            }
            if (last || Duration.between(lastSave, clock.instant()).compareTo(plan.saveEvery()) >= 0) {
                TrainingState.of(step, parameters, optimizer).write(stateFile);
                lastSave = clock.instant();
            }
        }
    }

    private void validate(Stage stage, int step, double rate, double loss) throws IOException {
        double[] measured = stage.validate();
        StringBuilder line = new StringBuilder("%d,%.3g,%.5g".formatted(step, rate, loss));
        StringBuilder report = new StringBuilder();
        for (int i = 0; i < measured.length; i++) {
            line.append(String.format(Locale.ROOT, ",%.4f", measured[i]));
            report.append(String.format(
                    Locale.ROOT,
                    "%s%s %.2f",
                    i == 0 ? "" : ", ",
                    stage.validationColumns().get(i),
                    measured[i]));
        }
        log(stage, line.toString(), false);
        progress.onValidation(stage.name(), step, report.toString());
    }

    private void log(Stage stage, String line, boolean fresh) throws IOException {
        Files.writeString(
                folder.resolve(stage.name() + ".csv"),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                fresh ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    }
}

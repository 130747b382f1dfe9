package dev.secant.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.TestMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training of the body's two networks, on motion of our own making. */
class BodyTrainingTest {

    private static final MotionLibrary MOTION = new MotionLibrary(TestMotion.poses(), "made by TestMotion");

    @TempDir
    private Path folder;

    @Test
    void theInitializersLossFalls() throws IOException {
        Losses losses = new Losses();
        training(folder, 60, 0, losses, Clock.systemUTC()).train("test", List.of());
        assertThat(losses.last()).isLessThan(0.95 * losses.first());
    }

    @Test
    void theRefinersLossFalls() throws IOException {
        Losses losses = new Losses();
        training(folder, 0, 25, losses, Clock.systemUTC()).train("test", List.of());
        assertThat(losses.last()).isLessThan(0.998 * losses.first());
    }

    /** In the initializer or in the refiner, in the middle of a step. */
    @Test
    void aKilledTrainingGoesOnAsIfNothingHadHappened() throws IOException {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        training(whole, 4, 3, Interruption.NONE, Interruption.everyStep()).train("test", List.of());
        for (String stage : List.of("initializer", "refiner")) {
            assertThatThrownBy(() -> training(killed, 4, 3, killing(stage), Interruption.everyStep())
                            .train("test", List.of()))
                    .as(stage)
                    .isInstanceOf(Interruption.Killed.class);
        }
        training(killed, 4, 3, Interruption.NONE, Interruption.everyStep()).train("test", List.of());

        for (String stage : List.of("initializer", "refiner")) {
            String state = stage + ".state.safetensors";
            assertThat(killed.resolve(state)).hasBinaryContent(Files.readAllBytes(whole.resolve(state)));
        }
        assertThat(Checkpoint.read(killed.resolve("body/1.0.0")).manifest())
                .isEqualTo(Checkpoint.read(whole.resolve("body/1.0.0")).manifest());
    }

    private static TrainingProgress killing(String doomed) {
        return new TrainingProgress() {
            @Override
            public void onStep(String stage, int step, int steps, double loss) {
                if (stage.equals(doomed) && step == 2) {
                    throw new Interruption.Killed();
                }
            }

            @Override
            public void onValidation(String stage, int step, String report) {}
        };
    }

    private static BodyTraining training(
            Path out, int initializerSteps, int refinerSteps, TrainingProgress progress, Clock clock) {
        BodyTraining.Settings settings = new BodyTraining.Settings(
                out, initializerSteps, refinerSteps, 16, 8, 16, 0.001, 1, Device.cpu(), Optional.empty());
        return new BodyTraining(
                settings, BodyModels.defaultBody(), new BodyTraining.Motion(MOTION, MOTION), progress, clock);
    }

    /** The loss after each step, smoothed. */
    private static final class Losses implements TrainingProgress {

        private final List<Double> losses = new ArrayList<>();

        double first() {
            return losses.get(0);
        }

        double last() {
            return losses.get(losses.size() - 1);
        }

        @Override
        public void onStep(String stage, int step, int steps, double loss) {
            losses.add(loss);
        }

        @Override
        public void onValidation(String stage, int step, String report) {}
    }
}

package dev.secant.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.problems.LogisticRegression;
import dev.secant.problems.Rosenbrock;
import dev.secant.problems.TanhRegression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecantTrainingTest {

    /** And whatever the number of threads. */
    @Test
    void aKilledTrainingGoesOnAsIfNothingHadHappened(@TempDir Path folder) throws IOException {
        new SecantTraining(settings(folder.resolve("whole"), 5, 1), Interruption.NONE, Interruption.everyStep())
                .train("test");
        assertThatThrownBy(() -> new SecantTraining(
                                settings(folder.resolve("killed"), 5, 3), new Interruption(3), Interruption.everyStep())
                        .train("test"))
                .isInstanceOf(Interruption.Killed.class);
        new SecantTraining(settings(folder.resolve("killed"), 5, 3), Interruption.NONE, Interruption.everyStep())
                .train("test");
        byte[] whole = Files.readAllBytes(folder.resolve("whole/small.state.safetensors"));
        assertThat(folder.resolve("killed/small.state.safetensors")).hasBinaryContent(whole);
    }

    @Test
    void trainingLowersTheLossAndTheCheckpointIsNeverWorseThanUntrained(@TempDir Path folder) throws IOException {
        new SecantTraining(settings(folder, 75, 2), Interruption.NONE, Clock.systemUTC()).train("test");
        Checkpoint checkpoint = Checkpoint.read(folder.resolve("small/1.0.0"));
        assertThat(checkpoint.manifest().metrics().get("validation_loss_change"))
                .isNegative();
        assertThat(SecantCheckpoint.optimizer(checkpoint).policy().weights())
                .isNotEqualTo(SecantPolicy.UNTRAINED.weights());
    }

    private static SecantTraining.Settings settings(Path out, int generations, int threads) {
        return new SecantTraining.Settings(
                out,
                "small",
                List.of(new Rosenbrock(), new LogisticRegression(), new TanhRegression()),
                3,
                6,
                20,
                8,
                6,
                6,
                0.1,
                generations,
                0.03,
                5,
                Optional.empty(),
                threads);
    }
}

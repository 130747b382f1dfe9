package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.body.io.AmassFile;
import dev.secant.body.io.MotionClip;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.problems.body.TestMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies trained and measured by commands alone, on motion in AMASS's files. */
class BodyCommandsTest extends CommandLineTest {

    @BeforeEach
    void writeMotion() throws IOException {
        Path motion = Files.createDirectories(directory.resolve("motion"));
        for (MotionClip clip : TestMotion.clips()) {
            AmassFile.write(clip, motion.resolve(clip.name() + ".npz"));
        }
    }

    @Test
    void evaluateBodyComparesEverySolver() {
        assertThat(printed("evaluate body --motion %s/motion --samples 16 --batch 8 --device cpu"))
                .contains("body@2.0.0, body secant-default, 16 people")
                .contains("| initialiser |", "| L-SR1, 8 steps |", "| L-BFGS, 20 steps |");
    }

    @Test
    void evaluateSequencesComparesThemWithSingleFrames() {
        assertThat(printed("evaluate sequences --motion %s/motion --windows 2 --frames 5 --steps 2"))
                .contains("body@2.0.0, 2 stretches of 5 frames")
                .contains("| fixed ", "| changing ", "| frame by frame ", "| sequence ");
    }

    @Test
    void trainBodyWritesACheckpointThatIsMeasuredNext() {
        printed("train body --motion %s/motion --validation %s/motion --out %s/run --initializer-steps 2"
                + " --refiner-steps 1 --initializer-batch 4 --refiner-batch 2 --validation-samples 8 --device cpu"
                + " --acknowledge Nobody");
        Checkpoint checkpoint = Checkpoint.read(directory.resolve("run/body/1.0.0"));
        assertThat(checkpoint.manifest().acknowledgements()).containsExactly("Nobody");
        assertThat(checkpoint.manifest().metrics()).containsKeys("guess_pa_mpjpe_mm", "lsr1_8_steps_pa_mpjpe_mm");
        assertThat(checkpoint.manifest().command()).contains("train body --motion");
        assertThat(
                        printed(
                                "evaluate body --motion %s/motion --samples 4 --batch 4 --device cpu --checkpoint body@1.0.0 --checkpoints %s/run"))
                .contains("body@1.0.0, body secant-default, 4 people");
    }
}

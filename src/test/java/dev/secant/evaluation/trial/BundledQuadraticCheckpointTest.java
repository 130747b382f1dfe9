package dev.secant.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Quadratics;
import dev.secant.tensor.TensorRuntime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The checkpoint in the jar does on fresh problems what its manifest says, and more than fresh weights do. */
class BundledQuadraticCheckpointTest {

    private final CheckpointRegistry registry = CheckpointRegistry.bundled();

    @Test
    void itHasThePublishedSize() {
        assertThat(Sr1Networks.parameterCount(
                        registry.get("quadratic").weights().tensors()))
                .isEqualTo(898_187);
    }

    @Test
    void itIsBetterThanFreshWeights() {
        LearnedSr1 trained = Sr1Checkpoint.optimizer(registry.get("quadratic"));
        LearnedSr1 fresh = new LearnedSr1(trained.settings(), new Sr1Networks(trained.settings()).initialise(3));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems =
                    new Quadratics(1000).draw(16, 20, DataType.FLOAT32, new SplittableRandom(99), manager);
            ConvergenceTrial trial = new ConvergenceTrial(problems, 20);
            ConvergenceCurves afterTraining = trial.run(trained);
            ConvergenceCurves before = trial.run(fresh);
            assertThat(afterTraining.logGap()[20]).isLessThan(before.logGap()[20] - 0.1);
            assertThat(afterTraining.meanCosineUpTo(20)).isGreaterThan(before.meanCosineUpTo(20) + 0.1);
        }
    }

    @Test
    void aCheckpointOfAnotherPresetIsRefused() {
        assertThatThrownBy(() -> Sr1Checkpoint.optimizer(registry.get("body")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not one of published L-SR1");
    }
}

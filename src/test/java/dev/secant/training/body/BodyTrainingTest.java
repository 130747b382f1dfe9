package dev.secant.training.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.problems.body.TestMotion;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.TensorRuntime;
import dev.secant.training.AdamW;
import dev.secant.training.BestCheckpointKeeper;
import dev.secant.training.Interruption;
import dev.secant.training.Parameters;
import dev.secant.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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
        training(folder, 60, 0, 0, losses, Clock.systemUTC()).train("test", List.of());
        assertThat(losses.last()).isLessThan(0.95 * losses.first());
    }

    /** On the bundled initializer's estimates of the same people again and again: what is left is not the luck of the draw, nor an outlier. */
    @Test
    void theRefinersAndTheJointLossFall() throws IOException {
        BodyModel body = BodyModels.defaultBody();
        PointRig rig = CommonJoints.rig(body);
        BodySampler sampler = new BodySampler(
                rig, TestMotion.poses(), SamplingProtocol.VALIDATION, SamplingProtocol.initializerSlots());
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            Map<String, FloatTensor> weights =
                    new HashMap<>(new BodyNetworks(BodyNetworks.Sizes.DEFAULT, body, name -> {
                                throw new IllegalStateException("There are no weights yet.");
                            })
                            .initialWeights(1));
            CheckpointRegistry.bundled()
                    .get("body")
                    .weights()
                    .tensors()
                    .forEach((name, tensor) ->
                            weights.computeIfPresent(name, (same, random) -> isRefiners(name) ? random : tensor));
            Parameters all = Parameters.of(manager, weights);
            Parameters own = all.select(BodyTrainingTest::isRefiners);
            BodyNetworks networks = new BodyNetworks(BodyNetworks.Sizes.DEFAULT, body, all::get);
            BodySamples people = sampler.draw(8, new SplittableRandom(1));
            RefinerStage refiner = new RefinerStage(networks, rig, people, sampler, manager);
            assertThat(lossRatio(refiner, all, own, 3e-4)).isLessThan(0.6);
            JointStage joint = new JointStage(networks, rig, people, sampler, manager);
            assertThat(lossRatio(joint, all, all, 3e-4)).isLessThan(0.9);
        }
    }

    /** The last loss of a few steps on the same people over the first. */
    private double lossRatio(BodyStage stage, Parameters all, Parameters own, double rate) throws IOException {
        stage.begin(all, own, new BestCheckpointKeeper(folder.resolve(stage.name() + ".best")), 8, 1);
        AdamW optimizer = new AdamW(own, AdamW.Settings.DEFAULT);
        double first = stage.accumulate(0);
        double last = first;
        for (int step = 0; step < 20; step++) {
            optimizer.step(rate);
            last = stage.accumulate(0);
        }
        return last / first;
    }

    /** In each stage, in the middle of a step. */
    @Test
    void aKilledTrainingGoesOnAsIfNothingHadHappened() throws IOException {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        training(whole, 4, 3, 3, Interruption.NONE, Interruption.everyStep()).train("test", List.of());
        for (String stage : List.of("initializer", "refiner", "joint")) {
            assertThatThrownBy(() -> training(killed, 4, 3, 3, killing(stage), Interruption.everyStep())
                            .train("test", List.of()))
                    .as(stage)
                    .isInstanceOf(Interruption.Killed.class);
        }
        training(killed, 4, 3, 3, Interruption.NONE, Interruption.everyStep()).train("test", List.of());

        for (String stage : List.of("initializer", "refiner", "joint")) {
            String state = stage + ".state.safetensors";
            assertThat(killed.resolve(state)).hasBinaryContent(Files.readAllBytes(whole.resolve(state)));
        }
        assertThat(Checkpoint.read(killed.resolve("body/1.0.0")).manifest())
                .isEqualTo(Checkpoint.read(whole.resolve("body/1.0.0")).manifest());
    }

    private static boolean isRefiners(String weight) {
        return weight.startsWith("refine.");
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
            Path out, int initializerSteps, int refinerSteps, int jointSteps, TrainingProgress progress, Clock clock) {
        BodyTraining.Settings settings = new BodyTraining.Settings(
                out, initializerSteps, refinerSteps, jointSteps, 16, 8, 16, 0.001, 1, Device.cpu(), Optional.empty());
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

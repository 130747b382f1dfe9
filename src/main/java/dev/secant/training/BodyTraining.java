package dev.secant.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.evaluation.BodySampler;
import dev.secant.evaluation.BodySamples;
import dev.secant.evaluation.CommonJoints;
import dev.secant.evaluation.MotionLibrary;
import dev.secant.evaluation.SamplingProtocol;
import dev.secant.fit.BodyInitializer;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.KeypointPoints;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Trains the body checkpoint: the initialiser, its uncertainty, and the learned optimizer, one after the other. */
public final class BodyTraining {

    private static final int VALIDATION_SAMPLES = 512;
    private static final long VALIDATION_SEED = 20_251;

    private final Settings settings;
    private final BodyModel body;
    private final MotionLibrary motion;
    private final MotionLibrary validationMotion;
    private final TrainingProgress progress;

    /**
     * @param out where states, logs and the checkpoint go
     * @param steps of the initialiser
     * @param batch people a step
     * @param learningRate at its highest
     * @param seed of weights and samples
     * @param device to train on
     * @param initialWeights the initialiser's weights to go on from, for example a state of an earlier run; random if none
     */
    public record Settings(
            Path out,
            int steps,
            int batch,
            double learningRate,
            long seed,
            Device device,
            Optional<Path> initialWeights) {}

    /** A training of a body's networks. */
    public BodyTraining(
            Settings settings,
            BodyModel body,
            MotionLibrary motion,
            MotionLibrary validation,
            TrainingProgress progress) {
        this.settings = settings;
        this.body = body;
        this.motion = motion;
        this.validationMotion = validation;
        this.progress = progress;
    }

    /**
     * Trains the initialiser, going on where an earlier run in the same folder stopped, and writes its checkpoint.
     *
     * @param command what to name in the manifest
     */
    public void train(String command) throws IOException {
        try (NDManager manager = TensorRuntime.get().newManager(settings.device())) {
            PointRig rig = CommonJoints.rig(body);
            int[] slots = KeypointPoints.initializerSlots();
            InitializerNetwork network =
                    new InitializerNetwork(slots.length, 512, 3, body.jointCount(), body.shapeCount());
            Parameters parameters = Parameters.of(manager, initialWeights(network));
            AdamW optimizer = new AdamW(parameters, AdamW.Settings.DEFAULT.withWeightDecay(1e-4));
            InitializerTraining training = new InitializerTraining(network, parameters, rig, slots, manager);
            BodySampler sampler = new BodySampler(rig, motion.poses(), SamplingProtocol.TRAINING, usedSlots());
            BodySamples validation = new BodySampler(
                            rig, validationMotion.poses(), SamplingProtocol.VALIDATION, usedSlots())
                    .draw(VALIDATION_SAMPLES, new SplittableRandom(VALIDATION_SEED));
            TrainingLoop.Plan plan = new TrainingLoop.Plan(settings.steps(), 1000, Duration.ofMinutes(2));
            new TrainingLoop(settings.out(), plan, Clock.systemUTC(), progress)
                    .run(
                            stage(training, sampler, validation),
                            parameters,
                            optimizer,
                            LearningRateSchedule.cosine(settings.learningRate(), 1e-3, 500, settings.steps()));
            checkpoint(command, network, parameters, training.validate(validation))
                    .write(settings.out());
        }
    }

    private Checkpoint checkpoint(
            String command, InitializerNetwork network, Parameters parameters, CommonJoints.Errors errors) {
        CheckpointManifest manifest = new CheckpointManifest(
                "body-initializer",
                "1.0.0",
                BodyInitializer.PRESET,
                Map.of("width", network.width(), "blocks", network.blocks(), "bodyDigest", body.digest()),
                "",
                command,
                settings.seed(),
                Map.of("motion-train", motion.digest(), "motion-validation", validationMotion.digest()),
                Map.of("validation_mpjpe_mm", errors.mpjpe(), "validation_pa_mpjpe_mm", errors.procrustes()),
                "Apache-2.0",
                List.of());
        return Checkpoint.seal(manifest, new SafeTensors(Map.of(), parameters.snapshot()));
    }

    private Map<String, FloatTensor> initialWeights(InitializerNetwork network) throws IOException {
        Map<String, FloatTensor> weights = new LinkedHashMap<>(network.initialWeights(settings.seed()));
        if (settings.initialWeights().isPresent()) {
            try (InputStream in = Files.newInputStream(settings.initialWeights().get())) {
                weights.putAll(SafeTensors.read(in).tensors());
            }
            weights.keySet().retainAll(network.initialWeights(settings.seed()).keySet());
        }
        return weights;
    }

    private TrainingLoop.Stage stage(InitializerTraining training, BodySampler sampler, BodySamples validation) {
        return new TrainingLoop.Stage() {
            @Override
            public String name() {
                return "initializer";
            }

            @Override
            public List<String> validationColumns() {
                return List.of("mpjpe_mm", "pa_mpjpe_mm");
            }

            @Override
            public double accumulate(int step) {
                // Its own stream for each step, so that a resumed run draws the same people.
                SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + step);
                return training.accumulate(sampler.draw(settings.batch(), random));
            }

            @Override
            public double[] validate() {
                CommonJoints.Errors errors = training.validate(validation);
                return new double[] {errors.mpjpe(), errors.procrustes()};
            }
        };
    }

    /** The 23 keypoints of the validation protocol. */
    private static boolean[] usedSlots() {
        boolean[] used = new boolean[KeypointPoints.all().size()];
        for (int slot : KeypointPoints.initializerSlots()) {
            used[slot] = true;
        }
        return used;
    }
}

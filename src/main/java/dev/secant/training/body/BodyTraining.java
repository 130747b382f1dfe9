package dev.secant.training.body;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.evaluation.body.BodyEvaluation;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.optimizer.Storage;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.MotionLibrary;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import dev.secant.tensor.TensorRuntime;
import dev.secant.training.AdamW;
import dev.secant.training.BestCheckpointKeeper;
import dev.secant.training.LearningRateSchedule;
import dev.secant.training.Parameters;
import dev.secant.training.TrainingLoop;
import dev.secant.training.TrainingProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Trains the body checkpoint: first the initialiser, then the refiner on its guesses, then both together on the refined error. */
public final class BodyTraining {

    private static final int VALIDATE_EVERY = 500;
    private static final Duration SAVE_EVERY = Duration.ofMinutes(2);
    private static final double WEIGHT_DECAY = 1e-4;
    private static final double LAST_RATE = 1e-3;
    private static final int WARM_UP = 500;

    private final Settings settings;
    private final BodyModel body;
    private final Motion motion;
    private final TrainingProgress progress;
    private final Clock clock;
    private final PointRig rig;
    private final BodySampler sampler;
    private final BodySamples validation;

    /**
     * How to train.
     *
     * @param out where states, logs and the checkpoint go
     * @param initializerSteps steps of the initialiser; 0 takes the initial weights as they are
     * @param refinerSteps steps of the refiner
     * @param jointSteps steps of both together, on the error after the refinement
     * @param initializerBatch people a step of the initialiser
     * @param refinerBatch people a step of the refiner, and of both together
     * @param validationSamples people to validate on
     * @param learningRate at its highest
     * @param seed of weights and samples
     * @param device to train on
     * @param initialWeights weights to go on from, for example a state of an earlier run; random where it has none
     *     of the same name and shape
     */
    public record Settings(
            Path out,
            int initializerSteps,
            int refinerSteps,
            int jointSteps,
            int initializerBatch,
            int refinerBatch,
            int validationSamples,
            double learningRate,
            long seed,
            Device device,
            Optional<Path> initialWeights) {}

    /**
     * What people do.
     *
     * @param training clips to train on
     * @param validation clips to validate on
     */
    public record Motion(MotionLibrary training, MotionLibrary validation) {}

    /**
     * A training of a body's networks.
     *
     * @param clock says when the state is due to be saved
     */
    public BodyTraining(Settings settings, BodyModel body, Motion motion, TrainingProgress progress, Clock clock) {
        this.settings = settings;
        this.body = body;
        this.motion = motion;
        this.progress = progress;
        this.clock = clock;
        this.rig = CommonJoints.rig(body);
        boolean[] used = SamplingProtocol.initializerSlots();
        this.sampler = new BodySampler(rig, motion.training(), SamplingProtocol.TRAINING, used);
        this.validation = new BodySampler(rig, motion.validation().poses(), SamplingProtocol.VALIDATION, used)
                .draw(settings.validationSamples(), new SplittableRandom(SamplingProtocol.VALIDATION_SEED));
    }

    /**
     * Trains both networks, going on where an earlier run in the same folder stopped, and writes the checkpoint.
     *
     * @param command what to name in the manifest
     * @param acknowledgements of the motion's owners, for the manifest
     */
    public void train(String command, List<String> acknowledgements) throws IOException {
        Map<String, FloatTensor> weights = initialWeights();
        try (NDManager manager = TensorRuntime.get().newManager(settings.device())) {
            Parameters all = Parameters.of(manager, weights);
            BodyNetworks networks = new BodyNetworks(BodyNetworks.Sizes.DEFAULT, body, all::get);
            if (settings.initializerSteps() > 0) {
                InitializerStage stage = new InitializerStage(networks, rig, validation, sampler, manager);
                run(stage, settings.initializerSteps(), all, name -> !name.startsWith("refine."));
            }
            if (settings.refinerSteps() > 0) {
                RefinerStage stage = new RefinerStage(networks, rig, validation, sampler, manager);
                run(stage, settings.refinerSteps(), all, name -> name.startsWith("refine."));
            }
            if (settings.jointSteps() > 0) {
                JointStage stage = new JointStage(networks, rig, validation, sampler, manager);
                run(stage, settings.jointSteps(), all, name -> true);
            }
            BodyEvaluation evaluation = new BodyEvaluation(networks, rig, 64, manager, Storage.ARRAYS);
            checkpoint(command, acknowledgements, all, evaluation).write(settings.out());
        }
    }

    private void run(BodyStage stage, int steps, Parameters all, Predicate<String> trained) throws IOException {
        Parameters parameters = all.select(trained);
        AdamW optimizer = new AdamW(parameters, AdamW.Settings.DEFAULT.withWeightDecay(WEIGHT_DECAY));
        int batch = stage instanceof InitializerStage ? settings.initializerBatch() : settings.refinerBatch();
        BestCheckpointKeeper best =
                new BestCheckpointKeeper(settings.out().resolve(stage.name() + ".best.safetensors"));
        stage.begin(all, parameters, best, batch, settings.seed());
        new TrainingLoop(settings.out(), new TrainingLoop.Plan(steps, VALIDATE_EVERY, SAVE_EVERY), clock, progress)
                .run(
                        stage,
                        parameters,
                        optimizer,
                        LearningRateSchedule.cosine(settings.learningRate(), LAST_RATE, WARM_UP, steps));
        parameters.restore(best.weights());
    }

    private Map<String, FloatTensor> initialWeights() throws IOException {
        BodyNetworks networks = new BodyNetworks(BodyNetworks.Sizes.DEFAULT, body, name -> {
            throw new IllegalStateException("There are no weights yet.");
        });
        Map<String, FloatTensor> weights = new LinkedHashMap<>(networks.initialWeights(settings.seed()));
        if (settings.initialWeights().isPresent()) {
            try (InputStream in = Files.newInputStream(settings.initialWeights().get())) {
                SafeTensors.read(in)
                        .tensors()
                        .forEach((name, tensor) -> weights.computeIfPresent(
                                name,
                                (same, random) -> Arrays.equals(random.shape(), tensor.shape()) ? tensor : random));
            }
        }
        return weights;
    }

    private Checkpoint checkpoint(
            String command, List<String> acknowledgements, Parameters all, BodyEvaluation evaluation) {
        Map<String, BodyEvaluation.Result> results = evaluation.run(
                validation,
                List.of(
                        new BodyEvaluation.Solver("guess", 0, FitStart::optimizer),
                        new BodyEvaluation.Solver("lsr1_8_steps", 8, FitStart::optimizer)));
        Map<String, Double> metrics = new TreeMap<>();
        results.forEach((name, result) -> {
            metrics.put(name + "_pa_mpjpe_mm", result.procrustes());
            metrics.put(name + "_mpjpe_mm", result.mpjpe());
        });
        Map<String, Object> shown = new TreeMap<>(BodyNetworks.Sizes.DEFAULT.settings());
        shown.put("bodyDigest", body.digest());
        CheckpointManifest manifest = new CheckpointManifest(
                "body",
                "1.0.0",
                BodyNetworks.PRESET,
                shown,
                "",
                command,
                settings.seed(),
                Map.of(
                        "motion-train",
                        motion.training().digest(),
                        "motion-validation",
                        motion.validation().digest()),
                metrics,
                "Apache-2.0",
                acknowledgements);
        return Checkpoint.seal(manifest, new SafeTensors(Map.of(), all.snapshot()).asHalf());
    }
}

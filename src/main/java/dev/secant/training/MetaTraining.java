package dev.secant.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.optimizer.lsr1.ElementwiseNetwork;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.problems.ProblemFamily;
import dev.secant.tensor.SafeTensors;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Meta-trains published L-SR1 on a family of problems (arXiv 2508.12270, section 5.1). The checkpoint holds the weights of
 * the best validation, not the last ones.
 */
public final class MetaTraining {

    /** The steps that validation looks at, the paper's number. */
    public static final int VALIDATION_STEPS = 20;

    private final Settings settings;
    private final TrainingProgress progress;
    private final Clock clock;

    /**
     * What to train, and how.
     *
     * @param out where the state, the log and the checkpoint go
     * @param family what to train on
     * @param networks variant and sizes
     * @param unrolling dimension, batch, iterations and secant weight
     * @param steps meta-steps
     * @param learningRate at its highest; it falls along half a cosine to a hundredth
     * @param seed of weights, problems and dropout
     * @param device to train on
     */
    public record Settings(
            Path out,
            ProblemFamily family,
            Sr1Settings networks,
            Unrolling unrolling,
            int steps,
            double learningRate,
            long seed,
            Device device) {

        public Settings {
            if (steps < 1 || !(learningRate > 0)) {
                throw new IllegalArgumentException(
                        "The steps (%d) and the learningRate (%s) of a meta-training must be positive."
                                .formatted(steps, learningRate));
            }
        }

        /** The command that trains alike. */
        String command(String name) {
            String leftOut = EnumSet.complementOf(EnumSet.copyOf(networks.inputs())).stream()
                    .map(input -> " --without-input " + input.inputName())
                    .collect(Collectors.joining());
            return ("java -jar target/secant.jar train %s --name %s --preset %s --dimension %d --batch %d --iterations %d --memory %d"
                            + " --hidden %d --latent %d --rate-scale %s --rate-exponent %s --secant-weight %s --meta-loss %s --meta-gradient %s"
                            + " --steps %d --learning-rate %s --seed %d%s")
                    .formatted(
                            family.name(),
                            name,
                            networks.variant().presetName(),
                            unrolling.dimension(),
                            unrolling.batch(),
                            unrolling.iterations(),
                            networks.memory(),
                            networks.hidden(),
                            networks.latent(),
                            networks.rateScale(),
                            networks.rateExponent(),
                            unrolling.secantWeight(),
                            unrolling.loss().optionName(),
                            unrolling.gradientName(),
                            steps,
                            learningRate,
                            seed,
                            leftOut);
        }
    }

    /**
     * One meta-step's shape.
     *
     * @param dimension n
     * @param batch problems a meta-step
     * @param iterations K, the iterations unrolled
     * @param secantWeight lambda of the secant term; 0 leaves it out
     * @param loss of an iterate
     * @param exact whether the meta-gradient passes through gradients and features too; as published it does not
     */
    public record Unrolling(
            int dimension, int batch, int iterations, double secantWeight, MetaLoss loss, boolean exact) {

        public Unrolling {
            if (dimension < 1 || batch < 1 || iterations < 2) {
                throw new IllegalArgumentException(
                        "The dimension (%d) and the batch (%d) of a meta-training must be positive, and the iterations (%d) at least 2."
                                .formatted(dimension, batch, iterations));
            }
            if (!(secantWeight >= 0)) {
                throw new IllegalArgumentException(
                        "The secantWeight (%s) of a meta-training must not be negative.".formatted(secantWeight));
            }
        }

        /** With the published loss and first-order gradient. */
        public Unrolling(int dimension, int batch, int iterations, double secantWeight) {
            this(dimension, batch, iterations, secantWeight, MetaLoss.VALUE, false);
        }

        /** On the command line: {@code first-order} or {@code exact}. */
        String gradientName() {
            return exact ? "exact" : "first-order";
        }

        /** With other iterations. */
        Unrolling withIterations(int other) {
            return new Unrolling(dimension, batch, other, secantWeight, loss, exact);
        }

        /** With another loss. */
        Unrolling withLoss(MetaLoss other) {
            return new Unrolling(dimension, batch, iterations, secantWeight, other, exact);
        }

        /** With the exact meta-gradient. */
        Unrolling withExactGradient() {
            return new Unrolling(dimension, batch, iterations, secantWeight, loss, true);
        }

        /** With another weight of the secant term. */
        Unrolling withSecantWeight(double other) {
            return new Unrolling(dimension, batch, iterations, other, loss, exact);
        }
    }

    /** A training of L-SR1. */
    public MetaTraining(Settings settings, TrainingProgress progress) {
        this(settings, progress, Clock.systemUTC());
    }

    MetaTraining(Settings settings, TrainingProgress progress, Clock clock) {
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Trains, going on where an earlier run in the same folder stopped, and writes the checkpoint.
     *
     * @param name the checkpoint's
     */
    public void train(String name) throws IOException {
        try (NDManager manager = TensorRuntime.get().newManager(settings.device())) {
            Sr1Networks networks = new Sr1Networks(settings.networks());
            Parameters parameters =
                    Parameters.of(manager, networks.initialise(settings.seed()), ElementwiseNetwork::isStatistic);
            AdamW optimizer = new AdamW(parameters, AdamW.Settings.DEFAULT);
            MetaTrainingStage stage = new MetaTrainingStage(settings, networks, parameters, manager, name);
            TrainingLoop.Plan plan = new TrainingLoop.Plan(settings.steps(), 50, Duration.ofMinutes(1));
            new TrainingLoop(settings.out(), plan, clock, progress)
                    .run(
                            stage,
                            parameters,
                            optimizer,
                            LearningRateSchedule.cosine(settings.learningRate(), 0.01, 20, settings.steps()));
            BestCheckpointKeeper best = stage.best();
            CheckpointManifest manifest = new CheckpointManifest(
                    name,
                    "1.0.0",
                    settings.networks().variant().presetName(),
                    manifestSettings(),
                    "",
                    settings.command(name),
                    settings.seed(),
                    Map.of(),
                    Map.of("validation_" + settings.unrolling().loss().validationColumn(), best.measure()),
                    "Apache-2.0",
                    List.of("L-SR1: Lifshitz, Zuler, Fouks and Raviv, arXiv 2508.12270 (ICML 2026)."));
            Checkpoint.seal(manifest, new SafeTensors(Map.of(), best.weights())).write(settings.out());
        }
    }

    private Map<String, Object> manifestSettings() {
        Map<String, Object> all = new LinkedHashMap<>(Sr1Checkpoint.manifestSettings(settings.networks()));
        all.put("family", settings.family().name());
        all.put("trainingDimension", settings.unrolling().dimension());
        all.put("trainingIterations", settings.unrolling().iterations());
        all.put("secantWeight", settings.unrolling().secantWeight());
        all.put("metaLoss", settings.unrolling().loss().optionName());
        all.put("metaGradient", settings.unrolling().gradientName());
        return all;
    }
}

package dev.secant.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.optimizer.lsr1.ElementwiseNetwork;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.MemoryScope;
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
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Meta-trains published L-SR1 on a family of problems (arXiv 2508.12270, section 5.1). The checkpoint holds the weights of
 * the best validation, not the last ones.
 */
public final class MetaTraining {

    /** The steps that validation looks at, the paper's number. */
    public static final int VALIDATION_STEPS = 20;

    private static final int VALIDATION_ITEMS = 32;
    private static final long VALIDATION_SEED = 20_252;

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
            Stage stage = new Stage(networks, parameters, manager, name);
            TrainingLoop.Plan plan = new TrainingLoop.Plan(settings.steps(), 50, Duration.ofMinutes(1));
            new TrainingLoop(settings.out(), plan, clock, progress)
                    .run(
                            stage,
                            parameters,
                            optimizer,
                            LearningRateSchedule.cosine(settings.learningRate(), 0.01, 20, settings.steps()));
            BestCheckpointKeeper best = stage.best;
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

    /** The unrolled iterations as a stage of the training loop. */
    private final class Stage implements TrainingLoop.Stage {

        private final Sr1Networks networks;
        private final Parameters parameters;
        private final NDManager manager;
        private final String name;
        private final UnrolledSr1 unrolled;
        private final ConvergenceTrial validation;
        private final BestCheckpointKeeper best;

        Stage(Sr1Networks networks, Parameters parameters, NDManager manager, String name) throws IOException {
            this.networks = networks;
            this.parameters = parameters;
            this.manager = manager;
            this.name = name;
            Unrolling unrolling = settings.unrolling();
            this.unrolled = new UnrolledSr1(networks, unrolling);
            this.validation = new ConvergenceTrial(
                    settings.family()
                            .forTesting()
                            .draw(
                                    VALIDATION_ITEMS,
                                    unrolling.dimension(),
                                    DataType.FLOAT32,
                                    new SplittableRandom(VALIDATION_SEED),
                                    manager),
                    VALIDATION_STEPS);
            this.best = new BestCheckpointKeeper(settings.out().resolve(name + ".best.safetensors"));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> validationColumns() {
            return List.of("mean_gap_20_steps", "log_gap", "newton_cosine", "secant_residual");
        }

        @Override
        @SuppressWarnings("try") // The scope works by being open.
        public double accumulate(int step) {
            // Its own stream for each step, so that a resumed run draws the same problems and dropout masks.
            SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + step);
            TensorRuntime.get().seed(random.nextLong());
            try (MemoryScope scope = MemoryScope.open()) {
                ProblemSet problems = settings.family()
                        .draw(
                                settings.unrolling().batch(),
                                settings.unrolling().dimension(),
                                DataType.FLOAT32,
                                random,
                                manager);
                return unrolled.accumulate(problems, parameters.withStatistics());
            }
        }

        @Override
        public double[] validate() throws IOException {
            LearnedSr1 optimizer = new LearnedSr1(networks.settings(), parameters.snapshot());
            ConvergenceCurves curves = validation.run(optimizer);
            best.offer(settings.unrolling().loss().validation(curves), parameters.snapshot());
            return new double[] {
                curves.meanGapUpTo(VALIDATION_STEPS),
                curves.logGap()[VALIDATION_STEPS],
                curves.meanCosineUpTo(VALIDATION_STEPS),
                curves.meanSecantResidualUpTo(VALIDATION_STEPS)
            };
        }
    }
}

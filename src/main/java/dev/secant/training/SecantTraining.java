package dev.secant.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.problems.ProblemFamily;
import dev.secant.tensor.SafeTensors;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains the policy of {@link dev.secant.optimizer.secant.SecantQuasiNewton} by evolution, on what users see: the value reached after so many
 * evaluations, line searches, safeguards and hops included, through which no gradient passes. The checkpoint holds the weights of
 * the best validation, the untrained ones if none was better.
 */
public final class SecantTraining {

    private final Settings settings;
    private final TrainingProgress progress;
    private final Clock clock;

    /**
     * What to train on, and how.
     *
     * @param out where the state, the log and the checkpoint go
     * @param name the checkpoint's
     * @param families of problems, each in every generation
     * @param leastDimension n is drawn from here,
     * @param largestDimension to here, its logarithm uniform
     * @param evaluations a problem may use
     * @param memory L
     * @param batch problems a family and generation
     * @param pairs antithetic pairs of perturbed policies
     * @param deviation of the perturbations
     * @param generations in all
     * @param learningRate at its highest; it falls along half a cosine to a hundredth
     * @param seed of weights, problems and perturbations
     * @param initial the weights to go on from; those of {@link SecantPolicy#initialise} if empty
     * @param threads that share the policies of a generation; the result does not depend on how many they are
     */
    public record Settings(
            Path out,
            String name,
            List<ProblemFamily> families,
            int leastDimension,
            int largestDimension,
            int evaluations,
            int memory,
            int batch,
            int pairs,
            double deviation,
            int generations,
            double learningRate,
            long seed,
            Optional<SecantPolicy> initial,
            int threads) {

        public Settings {
            families = List.copyOf(families);
            if (families.isEmpty()) {
                throw new IllegalArgumentException("A training needs a family of problems.");
            }
            if (leastDimension < 2 || largestDimension < leastDimension) {
                throw new IllegalArgumentException(
                        "The dimensions (%d to %d) of a training must be at least 2 and in order."
                                .formatted(leastDimension, largestDimension));
            }
            if (evaluations < 5 || batch < 1 || pairs < 2 || generations < 1) {
                throw new IllegalArgumentException(
                        "The evaluations (%d) of a training must be at least 5, its pairs (%d) at least 2, its batch (%d) and generations (%d) positive."
                                .formatted(evaluations, pairs, batch, generations));
            }
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "The threads (%d) of a training must be positive.".formatted(threads));
            }
            if (!(deviation > 0) || !(learningRate > 0)) {
                throw new IllegalArgumentException(
                        "The deviation (%s) and the learningRate (%s) of a training must be positive."
                                .formatted(deviation, learningRate));
            }
        }

        int drawDimension(SplittableRandom random) {
            double log = random.nextDouble() * Math.log((largestDimension + 1.0) / leastDimension);
            return Math.min(largestDimension, (int) (leastDimension * Math.exp(log)));
        }
    }

    /** A training. */
    public SecantTraining(Settings settings, TrainingProgress progress) {
        this(settings, progress, Clock.systemUTC());
    }

    SecantTraining(Settings settings, TrainingProgress progress, Clock clock) {
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Trains, going on where an earlier run in the same folder stopped, and writes the checkpoint.
     *
     * @param command what to name in the manifest
     */
    public void train(String command) throws IOException {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                ParallelTrials parallel = new ParallelTrials(settings.threads())) {
            Parameters parameters = Parameters.of(
                    manager,
                    settings.initial()
                            .map(SecantPolicy::weights)
                            .orElseGet(() -> SecantPolicy.initialise(settings.seed())));
            EvolutionStage stage = new EvolutionStage(settings, parameters, manager, parallel);
            TrainingLoop.Plan plan = new TrainingLoop.Plan(settings.generations(), 25, Duration.ofMinutes(1));
            new TrainingLoop(settings.out(), plan, clock, progress)
                    .run(
                            stage,
                            parameters,
                            new AdamW(parameters, AdamW.Settings.DEFAULT),
                            LearningRateSchedule.cosine(settings.learningRate(), 0.01, 10, settings.generations()));
            BestCheckpointKeeper best = stage.best();
            CheckpointManifest manifest = new CheckpointManifest(
                    settings.name(),
                    "1.0.0",
                    SecantCheckpoint.PRESET,
                    manifestSettings(),
                    "",
                    command,
                    settings.seed(),
                    Map.of(),
                    Map.of("validation_loss_change", best.measure()),
                    "Apache-2.0",
                    List.of("After L-SR1: Lifshitz, Zuler, Fouks and Raviv, arXiv 2508.12270 (ICML 2026)."));
            Checkpoint.seal(manifest, new SafeTensors(Map.of(), best.weights())).write(settings.out());
        }
    }

    private Map<String, Object> manifestSettings() {
        Map<String, Object> all = new LinkedHashMap<>(SecantCheckpoint.manifestSettings(settings.memory()));
        all.put(
                "family",
                String.join(
                        ",",
                        settings.families().stream().map(ProblemFamily::name).toList()));
        all.put("trainingDimension", settings.largestDimension());
        all.put("trainingEvaluations", settings.evaluations());
        return all;
    }
}

package dev.secant.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.evaluation.trial.ConvergenceCurves;
import dev.secant.evaluation.trial.ConvergenceTrial;
import dev.secant.optimizer.lsr1.LearnedSr1;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** The unrolled iterations as a stage of the training loop. */
final class MetaTrainingStage implements TrainingLoop.Stage {

    private static final int VALIDATION_ITEMS = 32;
    private static final long VALIDATION_SEED = 20_252;

    private final MetaTraining.Settings settings;
    private final Sr1Networks networks;
    private final Parameters parameters;
    private final NDManager manager;
    private final String name;
    private final UnrolledSr1 unrolled;
    private final ConvergenceTrial validation;
    private final BestCheckpointKeeper best;

    MetaTrainingStage(
            MetaTraining.Settings settings, Sr1Networks networks, Parameters parameters, NDManager manager, String name)
            throws IOException {
        this.settings = settings;
        this.networks = networks;
        this.parameters = parameters;
        this.manager = manager;
        this.name = name;
        MetaTraining.Unrolling unrolling = settings.unrolling();
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
                MetaTraining.VALIDATION_STEPS);
        this.best = new BestCheckpointKeeper(settings.out().resolve(name + ".best.safetensors"));
    }

    /** The weights of the lowest validation so far. */
    BestCheckpointKeeper best() {
        return best;
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
            curves.meanGapUpTo(MetaTraining.VALIDATION_STEPS),
            curves.logGap()[MetaTraining.VALIDATION_STEPS],
            curves.meanCosineUpTo(MetaTraining.VALIDATION_STEPS),
            curves.meanSecantResidualUpTo(MetaTraining.VALIDATION_STEPS)
        };
    }
}

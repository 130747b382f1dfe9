package dev.secant.evaluation.trial;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.OptimizerCheckpoint;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.minimize.run.BatchObjective;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.syntax.Formula;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.tensor.DeviceNames;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How many people a second a device fits, and how many problems a second it minimizes, by the size of the batch: the figures behind the
 * limits of batches. One thread uses it.
 */
public final class DeviceBenchmark {

    /** The number of variables of the problem, Rosenbrock's function. */
    public static final int DIMENSION = 100;

    /** The steps of a minimization; none stops before. */
    public static final int STEPS = 100;

    private static final double SPREAD = 0.1;

    private final CheckpointRegistry checkpoints = CheckpointRegistry.bundled();
    private final double seconds;

    /** @param seconds of each measurement, at least; a first run, which loads weights and compiles, does not count */
    public DeviceBenchmark(double seconds) {
        this.seconds = seconds;
    }

    /**
     * What was measured.
     *
     * @param device {@code cpu}, {@code gpu0}, ...
     * @param work what was computed
     * @param storage where it was computed: on {@code arrays} of the JVM or {@code tensors} of the device
     * @param batch people or problems of a batch
     * @param perSecond people or problems
     */
    public record Row(String device, String work, String storage, int batch, double perSecond) {}

    /**
     * Measures everything on a device.
     *
     * @param batches sizes of batches
     * @param measured told of each row when it is there
     */
    public void measure(Device device, List<Integer> batches, Consumer<Row> measured) {
        String name = DeviceNames.of(device);
        BodyModel body = BodyModels.defaultBody();
        DefaultBodyFitter fitter = new DefaultBodyFitter(body, checkpoints, "body", device);
        List<FitProblem> samples = SamplePerson.problems(body, KeypointLayout.BODY_25);
        FitSettings settings = new FitSettings(FitSettings.DEFAULT_STEPS, false);
        for (int batch : batches) {
            List<FitProblem> people = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                people.add(samples.get(i % samples.size()));
            }
            double rate = perSecond(batch, () -> fitter.fit(people, settings, person -> false));
            measured.accept(new Row(name, "fit", "arrays", batch, rate));
        }
        List<Optimizer> optimizers = List.of(new Lbfgs(), OptimizerCheckpoint.optimizer(checkpoints.get("general")));
        CompiledObjective compiled = rosenbrock();
        try (NDManager manager = TensorRuntime.get().newManager(device);
                BoundObjective tensors = compiled.bind(manager, DataType.FLOAT64, Map.of());
                BatchObjective either = BatchObjective.bind(compiled, Map.of(), null, manager, DataType.FLOAT64)) {
            for (Optimizer optimizer : optimizers) {
                for (int batch : batches) {
                    double[][] starts = starts(batch);
                    if (either.suits(batch)) {
                        Execution arrays = Execution.on(device).with(Storage.ARRAYS);
                        Points points = Points.of(starts);
                        double rate = perSecond(batch, () -> minimize(optimizer, either, points, arrays));
                        measured.accept(new Row(name, optimizer.name(), "arrays", batch, rate));
                    }
                    try (Points points = Points.of(Tensors.of(manager, starts))) {
                        Execution onTensors = Execution.on(device).with(Storage.TENSORS);
                        Objective formula = Objective.of(DIMENSION, tensors::apply);
                        double rate = perSecond(batch, () -> minimize(optimizer, formula, points, onTensors));
                        measured.accept(new Row(name, optimizer.name(), "tensors", batch, rate));
                    }
                }
            }
        }
    }

    private static CompiledObjective rosenbrock() {
        String formula = Catalogue.standard().find("rosenbrock").orElseThrow().formula();
        return CompiledObjective.compile(Formula.parse(formula), DIMENSION, Map.of());
    }

    private static void minimize(Optimizer optimizer, Objective objective, Points start, Execution execution) {
        StopRule rule = StopRule.steps(STEPS);
        try (Optimum optimum = optimizer.minimize(objective, start, execution, rule, Observer.NONE)) {
            if (optimum.items().isEmpty()) {
                throw new IllegalStateException("The batch came back empty.");
            }
        }
    }

    /** Around the standard start, each a little elsewhere. */
    private static double[][] starts(int batch) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] starts = new double[batch][DIMENSION];
        for (double[] start : starts) {
            for (int i = 0; i < DIMENSION; i++) {
                start[i] = (i % 2 == 0 ? -1.2 : 1) + SPREAD * random.nextDouble(-1, 1);
            }
        }
        return starts;
    }

    private double perSecond(int batch, Runnable work) {
        work.run();
        long runs = 0;
        long before = System.nanoTime();
        double passed;
        do {
            work.run();
            runs++;
            passed = 1e-9 * (System.nanoTime() - before);
        } while (passed < seconds);
        return batch * runs / passed;
    }
}

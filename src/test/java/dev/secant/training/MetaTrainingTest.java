package dev.secant.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.optimizer.lsr1.ElementwiseNetwork;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.optimizer.lsr1.Sr1Settings;
import dev.secant.problems.MixedProblems;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import dev.secant.problems.Quadratics;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetaTrainingTest {

    /** With two iterations the first-order gradient of {@code f(x_0) + f(x_1)} is the exact one. */
    @ParameterizedTest
    @EnumSource(Sr1Settings.Variant.class)
    void theGradientIsThatOfTheMetaLoss(Sr1Settings.Variant variant) {
        Sr1Networks networks = new Sr1Networks(new Sr1Settings(variant, 3, 6, 4, 0.1, 0.7));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics().draw(8, 5, DataType.FLOAT32, new SplittableRandom(1), manager);
            UnrolledSr1 unrolled = new UnrolledSr1(networks, unrolling(2, 0));
            Map<String, FloatTensor> start = networks.initialise(2);
            Parameters parameters = parameters(manager, start);
            TensorRuntime.get().seed(3);
            unrolled.accumulate(problems, parameters.withStatistics());
            for (String name : new String[] {"vector.out.weight", "rate.out.weight", "encoder.out.weight"}) {
                double[] gradient = doubles(Autograd.gradient(parameters.get(name)));
                double squared = 0;
                for (double component : gradient) {
                    squared += component * component;
                }
                double step = 1e-3 / Math.sqrt(squared);
                double rise = loss(unrolled, problems, manager, moved(start, name, gradient, step))
                        - loss(unrolled, problems, manager, moved(start, name, gradient, -step));
                assertThat(rise / (2 * step)).as(name).isEqualTo(squared, within(0.1 * squared));
            }
        }
    }

    /** Over more iterations, with the secant term, and through gradients and features: only the exact one is right. */
    @ParameterizedTest
    @CsvSource({"VALUE, quadratic", "RELATIVE, mixed", "LOGARITHM, mixed"})
    void theExactGradientIsThatOfTheMetaLoss(MetaLoss loss, String family) {
        Sr1Networks networks = new Sr1Networks(new Sr1Settings(Sr1Settings.Variant.AS_RELEASED, 3, 6, 4, 0.001, 0.7));
        ProblemFamily families = family.equals("mixed")
                ? new MixedProblems(List.of(new Quadratics(), new Rosenbrock(), new Rastrigin()))
                : new Quadratics();
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = families.draw(9, 5, DataType.FLOAT32, new SplittableRandom(1), manager);
            UnrolledSr1 exact = new UnrolledSr1(networks, new MetaTraining.Unrolling(5, 9, 5, 0.1, loss, true));
            UnrolledSr1 firstOrder = new UnrolledSr1(networks, new MetaTraining.Unrolling(5, 9, 5, 0.1, loss, false));
            Map<String, FloatTensor> start = networks.initialise(2);
            String name = "vector.out.weight";
            double[] gradient = gradient(exact, problems, manager, start, name);
            double squared = Arrays.stream(gradient).map(g -> g * g).sum();
            double step = 5e-4 / Math.sqrt(squared);
            double rise = loss(exact, problems, manager, moved(start, name, gradient, step))
                    - loss(exact, problems, manager, moved(start, name, gradient, -step));
            assertThat(rise / (2 * step)).isEqualTo(squared, within(0.05 * squared));
            assertThat(gradient(firstOrder, problems, manager, start, name)).isNotEqualTo(gradient);
        }
    }

    /** With a rate of 1, Rosenbrock's function is left at once, the quadratics beside it are not. */
    @Test
    void aProblemThatDivergesBeginsAgain() {
        Sr1Networks networks = new Sr1Networks(new Sr1Settings(Sr1Settings.Variant.AS_RELEASED, 3, 6, 4, 1, 0.001));
        MixedProblems mixed = new MixedProblems(List.of(new Quadratics(), new Rosenbrock()));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = mixed.draw(4, 5, DataType.FLOAT32, new SplittableRandom(1), manager);
            Parameters parameters = parameters(manager, networks.initialise(2));
            assertThat(new UnrolledSr1(networks, unrolling(12, 1)).accumulate(problems, parameters.withStatistics()))
                    .isFinite();
            assertThat(parameters.gradientNorm()).isFinite().isPositive();
            parameters.snapshot().forEach((name, tensor) -> {
                for (float value : tensor.values()) {
                    assertThat(value).as(name).isFinite();
                }
            });
        }
    }

    @Test
    void theSecantTermIsWeighted() {
        Sr1Networks networks = new Sr1Networks(new Sr1Settings(Sr1Settings.Variant.AS_WRITTEN, 3, 6, 4, 0.1, 0.001));
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = new Quadratics().draw(4, 5, DataType.FLOAT32, new SplittableRandom(1), manager);
            double without =
                    loss(new UnrolledSr1(networks, unrolling(4, 0)), problems, manager, networks.initialise(2));
            double once = loss(new UnrolledSr1(networks, unrolling(4, 1)), problems, manager, networks.initialise(2));
            double thrice = loss(new UnrolledSr1(networks, unrolling(4, 3)), problems, manager, networks.initialise(2));
            assertThat(once).isGreaterThan(without + 1e-4);
            assertThat(thrice - without).isEqualTo(3 * (once - without), within(1e-4));
        }
    }

    @Test
    void aKilledTrainingGoesOnAsIfNothingHadHappened(@TempDir Path folder) throws IOException {
        new MetaTraining(settings(folder.resolve("whole")), Interruption.NONE, Interruption.everyStep()).train("small");
        assertThatThrownBy(() -> new MetaTraining(
                                settings(folder.resolve("killed")), new Interruption(3), Interruption.everyStep())
                        .train("small"))
                .isInstanceOf(Interruption.Killed.class);
        new MetaTraining(settings(folder.resolve("killed")), Interruption.NONE, Interruption.everyStep())
                .train("small");
        byte[] whole = Files.readAllBytes(folder.resolve("whole/small.state.safetensors"));
        assertThat(folder.resolve("killed/small.state.safetensors")).hasBinaryContent(whole);
        Checkpoint checkpoint = Checkpoint.read(folder.resolve("killed/small/1.0.0"));
        assertThat(Sr1Checkpoint.optimizer(checkpoint).settings())
                .isEqualTo(settings(folder).networks());
        assertThat(checkpoint.manifest().metrics()).containsKey("validation_mean_gap_20_steps");
    }

    private static MetaTraining.Unrolling unrolling(int iterations, double secantWeight) {
        return new MetaTraining.Unrolling(5, 8, iterations, secantWeight);
    }

    private static MetaTraining.Settings settings(Path out) {
        return new MetaTraining.Settings(
                out,
                new Quadratics(),
                new Sr1Settings(Sr1Settings.Variant.AS_RELEASED, 4, 6, 4, 0.1, 0.001),
                new MetaTraining.Unrolling(4, 3, 5, 10),
                6,
                0.002,
                7,
                Device.cpu());
    }

    private static Parameters parameters(NDManager manager, Map<String, FloatTensor> values) {
        return Parameters.of(manager, values, ElementwiseNetwork::isStatistic);
    }

    private static double[] gradient(
            UnrolledSr1 unrolled,
            ProblemSet problems,
            NDManager manager,
            Map<String, FloatTensor> weights,
            String name) {
        Parameters parameters = parameters(manager, weights);
        TensorRuntime.get().seed(3);
        unrolled.accumulate(problems, parameters.withStatistics());
        return doubles(Autograd.gradient(parameters.get(name)));
    }

    private static double loss(
            UnrolledSr1 unrolled, ProblemSet problems, NDManager manager, Map<String, FloatTensor> weights) {
        // The same dropout masks each time.
        TensorRuntime.get().seed(3);
        return unrolled.accumulate(problems, parameters(manager, weights).withStatistics());
    }

    private static Map<String, FloatTensor> moved(
            Map<String, FloatTensor> start, String name, double[] direction, double step) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>(start);
        weights.computeIfPresent(name, (key, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (step * direction[i]);
            }
            return new FloatTensor(tensor.shape(), values);
        });
        return weights;
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}

package dev.secant.optimizer.lsr1;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.lsr1.Sr1Settings.Variant;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each step against the formulas of the paper, worked out here on plain double arrays. */
class LearnedSr1Test {

    private static final int N = ReferenceSr1.CURVATURES.length;

    @Test
    void thePublishedSizesHaveThePublishedParameterCount() {
        Sr1Networks networks = new Sr1Networks(Sr1Settings.published(Variant.AS_RELEASED, 16));
        assertThat(Sr1Networks.parameterCount(networks.initialise(1))).isEqualTo(898_187);
        assertThat(networks.initialise(1)).isEqualTo(networks.initialise(1)).isNotEqualTo(networks.initialise(2));
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void everyStepFollowsTheFormulas(Variant variant) {
        Sr1Settings settings = new Sr1Settings(variant, 2, 4, 3, 0.1, 0.7);
        Map<String, FloatTensor> weights = livelyWeights(settings);
        double[][] starts = {{1, -2, 0.5}, {-0.3, 0.7, 4}};
        List<double[][]> seen = new ArrayList<>();
        Observer recorder = new Observer() {
            @Override
            public void onStep(int step, Points x) {
                double[] flat = x.numbers();
                seen.add(new double[][] {
                    java.util.Arrays.copyOfRange(flat, 0, N), java.util.Arrays.copyOfRange(flat, N, 2 * N)
                });
            }
        };
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            Objective quadratic = Objective.of(
                    N,
                    x -> mul(
                            x.square()
                                    .mul(Tensors.of(x.getManager(), ReferenceSr1.CURVATURES))
                                    .sum(new int[] {1}),
                            0.5));
            Optimum optimum = new LearnedSr1(settings, weights)
                    .minimize(
                            quadratic,
                            Tensors.of(manager, new double[] {1, -2, 0.5, -0.3, 0.7, 4}, new Shape(2, N)),
                            StopRule.steps(5),
                            recorder);
            for (int item = 0; item < 2; item++) {
                ReferenceSr1 reference = new ReferenceSr1(settings, weights, starts[item]);
                for (int k = 1; k <= 5; k++) {
                    reference.step();
                    for (int j = 0; j < N; j++) {
                        assertThat(seen.get(k)[item][j])
                                .as("item %d, step %d, coordinate %d", item, k, j)
                                .isEqualTo(reference.x[j], within(1e-5 * (1 + Math.abs(reference.x[j]))));
                    }
                    double residual = optimum.items().get(item).secantResiduals()[k];
                    if (k == 1) {
                        assertThat(residual).isNaN();
                    } else {
                        assertThat(residual).isEqualTo(reference.secantResidual, within(1e-3 * (1 + residual)));
                    }
                }
            }
        }
    }

    /** More coordinates than a block holds, so that the last one is a part of a block. */
    @Test
    void theNetworksSayTheSameOfACoordinateWhateverIsBesideIt() {
        Sr1Settings settings = new Sr1Settings(Variant.AS_WRITTEN, 2, 4, 3, 0.1, 0.7);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            Sr1Networks.Generator generator = new LearnedSr1(settings, livelyWeights(settings)).generator(Device.cpu());
            NDArray features = manager.randomNormal(0, 1, new Shape(2500, 5), DataType.FLOAT32);
            Sr1Networks.Generated all = generator.generate(features);
            assertThat(all.vector().getShape()).isEqualTo(new Shape(2500, 1));
            for (int coordinate : new int[] {0, 1023, 1024, 2499}) {
                Sr1Networks.Generated alone =
                        generator.generate(features.get(new NDIndex("%d:%d".formatted(coordinate, coordinate + 1))));
                assertThat(all.vector().getFloat(coordinate, 0))
                        .isEqualTo(alone.vector().getFloat(0, 0), within(1e-5f));
                assertThat(all.rate().getFloat(coordinate, 0))
                        .isEqualTo(alone.rate().getFloat(0, 0), within(1e-5f));
            }
        }
    }

    @Test
    void refusesForeignWeights() {
        Sr1Settings settings = new Sr1Settings(Variant.AS_WRITTEN, 2, 4, 3, 0.1, 0.001);
        Map<String, FloatTensor> weights = new HashMap<>(new Sr1Networks(settings).initialise(3));
        Sr1Settings wider = new Sr1Settings(Variant.AS_WRITTEN, 2, 5, 3, 0.1, 0.001);
        assertThatThrownBy(() -> new LearnedSr1(wider, weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in.weight");
    }

    /** Random weights, statistics too, so that no term is hidden by a 0 or 1. */
    private static Map<String, FloatTensor> livelyWeights(Sr1Settings settings) {
        Random random = new Random(11);
        Map<String, FloatTensor> weights = new HashMap<>();
        new Sr1Networks(settings).initialise(5).forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = name.endsWith("running_var")
                        ? 0.5f + random.nextFloat()
                        : values[i] + 0.3f * (float) random.nextGaussian();
            }
            weights.put(name, new FloatTensor(tensor.shape(), values));
        });
        return weights;
    }
}

package dev.secant.optimizer.lsr1;

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

    private static final double[] CURVATURES = {1, 3, 0.5};
    private static final int N = CURVATURES.length;

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
            Objective quadratic = Objective.of(N, x -> x.square()
                    .mul(x.getManager().create(CURVATURES))
                    .sum(new int[] {1})
                    .mul(0.5));
            Optimum optimum = new LearnedSr1(settings, weights)
                    .minimize(
                            quadratic,
                            manager.create(new double[] {1, -2, 0.5, -0.3, 0.7, 4}, new Shape(2, N)),
                            StopRule.steps(5),
                            recorder);
            for (int item = 0; item < 2; item++) {
                Reference reference = new Reference(settings, weights, starts[item]);
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

    /** L-SR1 of one problem, from the text of the paper, in double precision. */
    private static final class Reference {
        final Sr1Settings settings;
        final Map<String, FloatTensor> weights;
        final List<double[]> buffer = new ArrayList<>();
        double[] x;
        double[] previousX = new double[N];
        double[] previousG = new double[N];
        double secantResidual;

        Reference(Sr1Settings settings, Map<String, FloatTensor> weights, double[] start) {
            this.settings = settings;
            this.weights = weights;
            this.x = start.clone();
        }

        void step() {
            double[] g = new double[N];
            double[] p = new double[N];
            double[] q = new double[N];
            for (int j = 0; j < N; j++) {
                g[j] = CURVATURES[j] * x[j];
                p[j] = x[j] - previousX[j];
                q[j] = g[j] - previousG[j];
            }
            double[] product = apply(q);
            secantResidual = norm(minus(product, p)) / norm(p);
            double[] v = new double[N];
            double[] rate = new double[N];
            for (int j = 0; j < N; j++) {
                double[] latent = network("encoder", new double[] {x[j], p[j], product[j], g[j], q[j]});
                v[j] = network("vector", latent)[0];
                rate[j] = Math.min(
                        10, settings.rateScale() * Math.exp(settings.rateExponent() * network("rate", latent)[0]));
            }
            buffer.add(v);
            if (buffer.size() > settings.memory()) {
                buffer.remove(0);
            }
            double[] direction = apply(g);
            previousX = x.clone();
            previousG = g;
            for (int j = 0; j < N; j++) {
                x[j] -= rate[j] * direction[j];
            }
        }

        double[] apply(double[] y) {
            boolean released = settings.variant() == Variant.AS_RELEASED;
            if (buffer.isEmpty()) {
                return y;
            }
            double[] r = released && buffer.size() == settings.memory() ? new double[N] : y.clone();
            for (double[] v : buffer) {
                double dot = 0;
                for (int j = 0; j < N; j++) {
                    dot += v[j] * y[j];
                }
                for (int j = 0; j < N; j++) {
                    r[j] += v[j] * dot;
                }
            }
            double factor = released ? norm(y) / norm(r) : 1;
            for (int j = 0; j < N; j++) {
                r[j] *= factor;
            }
            return r;
        }

        double[] network(String name, double[] input) {
            double[] h = activate(linear(input, name + ".in"), name + ".in.norm", name + ".in.slope");
            for (String block : List.of("block1", "block2")) {
                for (String layer : List.of(".1", ".2")) {
                    String at = name + "." + block + layer;
                    h = activate(linear(h, at), at + ".norm", name + "." + block + ".slope");
                }
            }
            return linear(h, name + ".out");
        }

        double[] linear(double[] input, String layer) {
            float[] w = values(layer + ".weight");
            float[] b = values(layer + ".bias");
            double[] out = new double[b.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = b[i];
                for (int j = 0; j < input.length; j++) {
                    out[i] += w[i * input.length + j] * input[j];
                }
            }
            return out;
        }

        double[] activate(double[] input, String norm, String slope) {
            float[] mean = values(norm + ".running_mean");
            float[] variance = values(norm + ".running_var");
            float[] scale = values(norm + ".weight");
            float[] shift = values(norm + ".bias");
            double[] out = new double[input.length];
            for (int i = 0; i < out.length; i++) {
                double z = (input[i] - mean[i]) / Math.sqrt(variance[i] + 1e-5) * scale[i] + shift[i];
                out[i] = z > 0 ? z : values(slope)[0] * z;
            }
            return out;
        }

        float[] values(String name) {
            FloatTensor tensor = weights.get(name);
            assertThat(tensor).as(name).isNotNull();
            return tensor.values();
        }

        static double[] minus(double[] a, double[] b) {
            double[] c = new double[a.length];
            for (int j = 0; j < c.length; j++) {
                c[j] = a[j] - b[j];
            }
            return c;
        }

        static double norm(double[] a) {
            double sum = 0;
            for (double value : a) {
                sum += value * value;
            }
            return Math.sqrt(sum);
        }
    }
}

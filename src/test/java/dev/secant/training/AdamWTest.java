package dev.secant.training;

import static dev.secant.tensor.ScalarMath.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private static final AdamW.Settings NO_CLIP = AdamW.Settings.DEFAULT.withClipNorm(Double.POSITIVE_INFINITY);

    /** Gradient of 0.5 a (x - c)^2 summed over coordinates is a (x - c). */
    private static void collectGradients(Parameters parameters) {
        try (MemoryScope scope = MemoryScope.open()) {
            Autograd.withGraph(true, () -> {
                NDArray x = parameters.get("x");
                Autograd.backward(mul(x.sub(1).square(), 0.5 * 3).sum());
                return x;
            });
        }
    }

    private static Map<String, FloatTensor> start() {
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        values.put("x", new FloatTensor(new long[] {2}, new float[] {2f, -0.5f}));
        values.put("unused", new FloatTensor(new long[] {1, 2}, new float[] {1f, 2f}));
        return values;
    }

    @Test
    void followsTheFormulas() {
        try (NDManager manager = TensorRuntime.get().newManager(ai.djl.Device.cpu())) {
            Parameters parameters = Parameters.of(manager, start());
            AdamW adam = new AdamW(parameters, NO_CLIP);
            double[] x = {2, -0.5};
            double[] m = new double[2];
            double[] v = new double[2];
            for (int t = 1; t <= 5; t++) {
                collectGradients(parameters);
                adam.step(0.1);
                for (int i = 0; i < 2; i++) {
                    double g = 3 * (x[i] - 1);
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.999 * v[i] + 0.001 * g * g;
                    x[i] *= 1 - 0.1 * 0.01;
                    x[i] -= 0.1 * m[i] / (1 - Math.pow(0.9, t)) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
                }
            }
            float[] found = parameters.get("x").toFloatArray();
            assertThat((double) found[0]).isCloseTo(x[0], within(1e-5));
            assertThat((double) found[1]).isCloseTo(x[1], within(1e-5));
            assertThat(parameters.count()).isEqualTo(4);
        }
    }

    @Test
    void continuesFromItsStateBitForBit() {
        try (NDManager manager = TensorRuntime.get().newManager(ai.djl.Device.cpu())) {
            Parameters straight = Parameters.of(manager, start());
            AdamW adam = new AdamW(straight, AdamW.Settings.DEFAULT);
            for (int t = 0; t < 3; t++) {
                collectGradients(straight);
                adam.step(0.05);
            }
            Parameters resumed = Parameters.of(manager, start());
            resumed.restore(straight.snapshot());
            AdamW adamResumed = new AdamW(resumed, AdamW.Settings.DEFAULT);
            adamResumed.restore(adam.state());
            for (int t = 0; t < 3; t++) {
                collectGradients(straight);
                adam.step(0.05);
                collectGradients(resumed);
                adamResumed.step(0.05);
            }
            assertThat(resumed.snapshot()).isEqualTo(straight.snapshot());
            assertThat(adamResumed.steps()).isEqualTo(6);
        }
    }

    @Test
    void clipsTheNormAndIgnoresNonFiniteGradients() {
        try (NDManager manager = TensorRuntime.get().newManager(ai.djl.Device.cpu())) {
            Parameters parameters = Parameters.of(manager, start());
            AdamW adam = new AdamW(parameters, AdamW.Settings.DEFAULT);
            collectGradients(parameters);
            assertThat(adam.step(0.1)).isCloseTo(Math.hypot(3, 4.5), within(1e-5));
            Map<String, FloatTensor> before = parameters.snapshot();
            try (MemoryScope scope = MemoryScope.open()) {
                Autograd.withGraph(true, () -> {
                    Autograd.backward(mul(parameters.get("x"), Float.NaN).sum());
                    return parameters;
                });
            }
            assertThat(adam.step(0.1)).isNaN();
            assertThat(parameters.snapshot()).isEqualTo(before);
            assertThat(adam.steps()).isEqualTo(1);
        }
    }
}

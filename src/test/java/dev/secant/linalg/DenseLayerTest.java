package dev.secant.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseLayerTest {

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 2", "4, 16, 1", "75, 512, 3", "229, 197, 70"})
    void isTheProductWithTheWeightAndTheBias(int in, int out, int people) {
        float[] weight = vector(in * out);
        float[] bias = vector(out);
        float[][] inputs = vectors(people, in);
        DenseLayer layer = new DenseLayer(weight, bias);
        assertThat(layer.inputs()).isEqualTo(in);
        assertThat(layer.outputs()).isEqualTo(out);
        float[][] outputs = layer.apply(inputs);
        for (int b = 0; b < people; b++) {
            for (int j = 0; j < out; j++) {
                double expected = bias[j];
                for (int i = 0; i < in; i++) {
                    expected += (double) inputs[b][i] * weight[i * out + j];
                }
                assertThat((double) outputs[b][j]).isCloseTo(expected, within(1e-6 * in));
            }
        }
    }

    @Test
    void addsToWhatIsThere() {
        DenseLayer layer = new DenseLayer(new float[] {1, 2, 3, 4}, new float[] {10, 20});
        float[][] sums = {{100, 200}, {0, 0}};
        layer.addTo(new float[][] {{1, 1}, {2, 0}}, sums);
        assertThat(sums[0]).containsExactly(114, 226);
        assertThat(sums[1]).containsExactly(12, 24);
    }

    @Test
    void anInputsResultDoesNotDependOnItsNeighbours() {
        DenseLayer layer = new DenseLayer(vector(229 * 197), vector(197));
        float[][] inputs = vectors(9, 229);
        float[][] together = layer.apply(inputs);
        for (int b = 0; b < inputs.length; b++) {
            assertThat(layer.apply(new float[][] {inputs[b]})[0]).isEqualTo(together[b]);
        }
    }

    @Test
    void rowsMustBeWhole() {
        assertThatThrownBy(() -> new DenseLayer(new float[5], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 numbers")
                .hasMessageContaining("2 outputs");
    }

    private float[][] vectors(int count, int width) {
        float[][] vectors = new float[count][];
        for (int b = 0; b < count; b++) {
            vectors[b] = vector(width);
        }
        return vectors;
    }

    private float[] vector(int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}

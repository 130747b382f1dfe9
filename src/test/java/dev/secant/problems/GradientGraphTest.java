package dev.secant.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientGraphTest {

    private static final MixedProblems MIXED =
            new MixedProblems(List.of(new Quadratics(), new Rosenbrock(), new Rastrigin()));

    static Stream<ProblemFamily> families() {
        return Stream.of(new Quadratics(), new DiagonalQuadratics(100), new Rosenbrock(), new Rastrigin(), MIXED);
    }

    @ParameterizedTest
    @MethodSource("families")
    void isTheGradient(ProblemFamily family) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = family.draw(7, 4, DataType.FLOAT64, new SplittableRandom(3), manager);
            NDArray graph = ((GradientGraph) problems.objective()).gradientGraph(problems.start());
            double[] expected = ProblemSet.doubles(
                    problems.objective().evaluate(problems.start()).gradient());
            assertThat(graph.getShape()).isEqualTo(problems.start().getShape());
            assertThat(ProblemSet.doubles(graph)).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void selectedRowsOfAMixtureKeepTheirFunctions() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            ProblemSet problems = MIXED.draw(7, 4, DataType.FLOAT64, new SplittableRandom(3), manager);
            double[] all = ProblemSet.doubles(
                    problems.objective().evaluate(problems.start()).values());
            int[] rows = {6, 0, 3};
            NDArray some = problems.start().get(Tensors.of(manager, new long[] {6, 0, 3}));
            double[] values = ProblemSet.doubles(
                    problems.objective().select(rows).evaluate(some).values());
            assertThat(values)
                    .containsExactly(
                            Arrays.stream(rows).mapToDouble(row -> all[row]).toArray(), within(1e-9));
        }
    }
}

package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.ValueAndGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Problems of several families in one batch, as many of each as can be.
 *
 * @param families in the order of their rows
 */
public record MixedProblems(List<ProblemFamily> families) implements ProblemFamily {

    /** The name of every mixture. */
    public static final String NAME = "mixed";

    public MixedProblems {
        families = List.copyOf(families);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("A mixture needs a family of problems.");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MixedProblems forTesting() {
        return new MixedProblems(
                families.stream().map(ProblemFamily::forTesting).toList());
    }

    @Override
    public ProblemSet draw(int items, int dimension, DataType type, RandomGenerator random, NDManager manager) {
        List<Part> parts = new ArrayList<>();
        NDList starts = new NDList();
        double[] minima = {};
        int from = 0;
        for (int f = 0; f < families.size(); f++) {
            int to = (int) ((long) items * (f + 1) / families.size());
            if (to > from) {
                ProblemSet drawn = families.get(f).draw(to - from, dimension, type, random, manager);
                parts.add(new Part(drawn.objective(), to - from));
                starts.add(drawn.start());
                minima = DoubleStream.concat(DoubleStream.of(minima), DoubleStream.of(drawn.minima()))
                        .toArray();
            }
            from = to;
        }
        return new ProblemSet(new Rows(parts), NDArrays.concat(starts), minima);
    }

    /** Neighbouring rows with one objective. */
    private record Part(Objective objective, int rows) {

        NDArray of(NDArray x, int from) {
            return x.get(new NDIndex("%d:%d".formatted(from, from + rows)));
        }
    }

    /** The parts one under the other. */
    private record Rows(List<Part> parts) implements GradientGraph {

        @Override
        public int dimension() {
            return parts.get(0).objective().dimension();
        }

        @Override
        public ValueAndGradient evaluate(NDArray x) {
            NDList values = new NDList();
            NDList gradients = new NDList();
            int from = 0;
            for (Part part : parts) {
                ValueAndGradient evaluated = part.objective().evaluate(part.of(x, from));
                values.add(evaluated.values());
                gradients.add(evaluated.gradient());
                from += part.rows();
            }
            return new ValueAndGradient(NDArrays.concat(values), NDArrays.concat(gradients));
        }

        @Override
        public NDArray gradientGraph(NDArray x) {
            NDList gradients = new NDList();
            int from = 0;
            for (Part part : parts) {
                if (!(part.objective() instanceof GradientGraph graph)) {
                    throw new IllegalStateException("A family of the mixture has no graph of its gradient.");
                }
                gradients.add(graph.gradientGraph(part.of(x, from)));
                from += part.rows();
            }
            return NDArrays.concat(gradients);
        }

        @Override
        public Rows select(int[] rows) {
            // One part a row: a selection may take them in any order.
            return new Rows(Arrays.stream(rows)
                    .mapToObj(row -> {
                        int first = 0;
                        int index = 0;
                        while (row >= first + parts.get(index).rows()) {
                            first += parts.get(index++).rows();
                        }
                        return new Part(parts.get(index).objective().select(new int[] {row - first}), 1);
                    })
                    .toList());
        }
    }
}

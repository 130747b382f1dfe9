package dev.secant.training;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.lsr1.RankOneBuffer;
import dev.secant.optimizer.lsr1.Sr1Networks;
import dev.secant.problems.GradientGraph;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meta-loss of published L-SR1 over K unrolled iterations, and its gradient (Lifshitz, Zuler, Fouks and Raviv, arXiv 2508.12270,
 * equation 12 and algorithm 1):
 *
 * <pre>{@code (1/K) sum_k mean l(f(x_k)) + lambda (1/K) sum_k mean (B_k q_k - p_k)^2}</pre>
 *
 * <p>with {@code l} of {@link MetaLoss}, as published the identity. First order, as published: gradients and features are constants, so
 * {@code d x_(k+1) / d x_k = I}, and the gradient of {@code f(x_k)} is that of {@code g_k . x_k}. So the objective itself needs no
 * graph. The vectors in the buffer keep theirs. Exact: gradients and features have theirs too.
 *
 * <p>A problem that diverges begins again at its start, and what led there is not counted: published L-SR1 has no safeguard, and one
 * value that is not finite would spoil the statistics of the whole batch for good.
 *
 * @param networks variant and sizes
 * @param unrolling iterations, secant weight, loss and kind of gradient
 */
record UnrolledSr1(Sr1Networks networks, MetaTraining.Unrolling unrolling) {

    /** A gap of so many times the start's is taken as divergence. */
    private static final double DIVERGED = 1e6;

    /**
     * Adds the gradient on a batch to the leaves among the weights; returns the meta-loss.
     *
     * @param problems in float32: a conversion would cut the networks' graph
     */
    @SuppressWarnings("try") // The scope works by being open.
    double accumulate(ProblemSet problems, Map<String, NDArray> weights) {
        if (problems.start().getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("The starts' data type (%s) must be float32 in meta-training."
                    .formatted(problems.start().getDataType()));
        }
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                return new Unrolled(problems, weights).run();
            }
        });
    }

    /** One batch on its way. */
    private final class Unrolled {

        private final ProblemSet problems;
        private final Sr1Networks.Generator generator;
        private final RankOneBuffer buffer = new RankOneBuffer(networks.settings());
        private double[] startGaps = {};
        private NDArray x;
        private NDArray p;
        private NDArray lastGradient;
        private NDArray surrogate;
        private NDArray secant;
        private double loss;

        /** 0 where a problem has just begun again, so that it has no pair; null where none has. */
        private @Nullable NDArray goingOn;

        Unrolled(ProblemSet problems, Map<String, NDArray> weights) {
            this.problems = problems;
            this.generator = networks.training(weights);
            this.x = problems.start();
            this.p = x;
            this.lastGradient = x.zerosLike();
            this.surrogate = x.getManager().zeros(new Shape(), x.getDataType());
            this.secant = surrogate;
        }

        double run() {
            for (int k = 0; k < unrolling.iterations(); k++) {
                iterate(k);
            }
            Autograd.backward(div(surrogate.add(mul(secant, unrolling.secantWeight())), unrolling.iterations()));
            return (loss + unrolling.secantWeight() * number(Autograd.detach(secant))) / unrolling.iterations();
        }

        private void iterate(int k) {
            NDArray gradient = evaluate();
            NDArray g = unrolling.exact() ? graph().gradientGraph(x) : gradient;
            NDArray q = g.sub(lastGradient);
            Sr1Networks.Step step = networks.step(x, p, g, q, buffer, generator, !unrolling.exact());
            // In the first iteration there is no pair yet.
            if (k > 0) {
                NDArray misses = step.oldMatrixOnChange().sub(p).square();
                secant = secant.add((goingOn == null ? misses : misses.mul(goingOn)).mean());
            }
            NDArray next = x.add(step.displacement());
            p = next.sub(x);
            lastGradient = g;
            x = next;
        }

        /** Counts the current points, after those that diverged have begun again; returns the gradient there, without history. */
        private NDArray evaluate() {
            ValueAndGradient evaluated = problems.objective().evaluate(Autograd.detach(x));
            double[] values = doubles(evaluated.values());
            if (startGaps.length == 0) {
                startGaps = new double[values.length];
                Arrays.setAll(startGaps, b -> gap(values, b));
            }
            boolean[] diverged = new boolean[values.length];
            boolean any = false;
            for (int b = 0; b < values.length; b++) {
                diverged[b] = !(gap(values, b) <= DIVERGED * startGaps[b]);
                any |= diverged[b];
            }
            if (!any) {
                goingOn = null;
                return count(values, evaluated.gradient());
            }
            NDArray again = Tensors.of(x.getManager(), diverged, new Shape(diverged.length, 1))
                    .broadcast(x.getShape());
            x = NDArrays.where(again, problems.start(), x);
            p = NDArrays.where(again, problems.start(), p);
            lastGradient = NDArrays.where(again, x.zerosLike(), lastGradient);
            goingOn = again.logicalNot().toType(x.getDataType(), false);
            ValueAndGradient restarted = problems.objective().evaluate(Autograd.detach(x));
            return count(doubles(restarted.values()), restarted.gradient());
        }

        private NDArray count(double[] values, NDArray gradient) {
            float[] slopes = new float[values.length];
            for (int b = 0; b < values.length; b++) {
                slopes[b] = (float) (unrolling.loss().slope(gap(values, b), startGaps[b]) / values.length);
                loss += unrolling.loss().of(values[b], problems.minima()[b], startGaps[b]) / values.length;
            }
            NDArray rates = gradient.mul(Tensors.of(x.getManager(), slopes, new Shape(slopes.length, 1)));
            surrogate = surrogate.add(rates.mul(x).sum());
            return gradient;
        }

        /** {@code f - f*} of a problem. */
        private double gap(double[] values, int problem) {
            return values[problem] - problems.minima()[problem];
        }

        private GradientGraph graph() {
            if (problems.objective() instanceof GradientGraph graph) {
                return graph;
            }
            throw new IllegalStateException("An exact meta-gradient needs objectives with a graph of their gradient.");
        }
    }

    private static double[] doubles(NDArray values) {
        return values.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }
}

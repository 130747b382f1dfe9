package dev.secant.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.evaluation.ProblemSet;
import dev.secant.optimizer.RankOneBuffer;
import dev.secant.optimizer.Sr1Networks;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;
import java.util.Map;

/**
 * The meta-loss of published L-SR1 over K unrolled iterations, and its first-order gradient (Lifshitz, Zuler, Fouks and
 * Raviv, arXiv 2508.12270, equation 12 and algorithm 1):
 *
 * <pre>{@code (1/K) sum_k mean f(x_k) + lambda (1/K) sum_k mean (B_k q_k - p_k)^2}</pre>
 *
 * <p>First order: gradients and features are constants, so {@code d x_(k+1) / d x_k = I}, and the gradient of {@code f(x_k)}
 * is that of {@code g_k . x_k}. So the objective itself needs no graph. The vectors in the buffer keep theirs.
 *
 * @param networks variant and sizes
 * @param iterations K
 * @param secantWeight lambda; 0 leaves the secant term out
 */
record UnrolledSr1(Sr1Networks networks, int iterations, double secantWeight) {

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
                return unroll(problems, weights);
            }
        });
    }

    private double unroll(ProblemSet problems, Map<String, NDArray> weights) {
        RankOneBuffer buffer = new RankOneBuffer(networks.settings());
        NDArray x = problems.start();
        NDArray p = x;
        NDArray lastGradient = x.zerosLike();
        NDArray surrogate = x.getManager().zeros(new Shape(), x.getDataType());
        NDArray secant = surrogate;
        double values = 0;
        for (int k = 0; k < iterations; k++) {
            ValueAndGradient evaluated = problems.objective().evaluate(Autograd.detach(x));
            NDArray g = evaluated.gradient();
            NDArray q = g.sub(lastGradient);
            values += number(evaluated.values().mean()) / iterations;
            surrogate = surrogate.add(g.mul(x).sum(new int[] {1}).mean());
            Sr1Networks.Step step = networks.step(x, p, g, q, buffer, weights, true);
            // In the first iteration there is no pair yet.
            if (k > 0) {
                secant = secant.add(step.oldMatrixOnChange().sub(p).square().mean());
            }
            NDArray next = x.add(step.displacement());
            p = next.sub(x);
            lastGradient = g;
            x = next;
        }
        NDArray loss = surrogate.add(secant.mul(secantWeight)).div(iterations);
        Autograd.backward(loss);
        return values + secantWeight * number(Autograd.detach(secant)) / iterations;
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }
}

package dev.secant.optimizer.lsr1;

import static dev.secant.tensor.ScalarMath.maximum;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * The circular buffer of L-SR1: at most L vectors {@code [B, n]} whose outer products approximate the inverse Hessian.
 * The matrix itself is never formed.
 *
 * <p>It does not own the vectors: who pushes them keeps them alive, with their graph in training.
 */
public final class RankOneBuffer {

    private static final double SMALLEST_NORM = 1e-12;

    private final Sr1Settings settings;
    private final List<NDArray> vectors = new ArrayList<>();
    private int pushed;

    /** Empty. */
    public RankOneBuffer(Sr1Settings settings) {
        this.settings = settings;
    }

    /**
     * Stores a vector, in place of the oldest where the buffer is full.
     *
     * @param vector {@code [B, n]}
     */
    public void push(NDArray vector) {
        if (vectors.size() < settings.memory()) {
            vectors.add(vector);
        } else {
            vectors.set(pushed % settings.memory(), vector);
        }
        pushed++;
    }

    /** The slot that the next vector goes to. */
    int nextSlot() {
        return pushed % settings.memory();
    }

    /** Whether the buffer holds as many vectors as it can. */
    boolean isFull() {
        return vectors.size() == settings.memory();
    }

    /**
     * {@code B y}, in O(nL) for each problem (arXiv 2508.12270, equation 9).
     *
     * @param y {@code [B, n]}
     * @return {@code [B, n]}
     */
    public NDArray apply(NDArray y) {
        boolean released = settings.variant() == Sr1Settings.Variant.AS_RELEASED;
        if (vectors.isEmpty()) {
            return y;
        }
        NDArray v = NDArrays.stack(new NDList(vectors), 1); // [B, L, n]
        NDArray products = v.batchMatMul(y.expandDims(2)); // [B, L, 1]
        NDArray sum = v.swapAxes(1, 2).batchMatMul(products).squeeze(2); // [B, n]
        NDArray result = released && isFull() ? sum : sum.add(y);
        if (!released) {
            return result;
        }
        NDArray factor = norm(y).div(maximum(norm(result), SMALLEST_NORM)); // [B, 1]
        return result.mul(factor);
    }

    private static NDArray norm(NDArray rows) {
        return rows.square().sum(new int[] {1}, true).sqrt();
    }

    /** Replaces every vector, in place. */
    void replaceAll(List<NDArray> replacements) {
        for (int slot = 0; slot < vectors.size(); slot++) {
            vectors.set(slot, replacements.get(slot));
        }
    }
}

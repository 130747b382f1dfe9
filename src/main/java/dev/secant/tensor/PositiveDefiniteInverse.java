package dev.secant.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Inverses of many symmetric positive definite matrices, by halves (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section
 * 2.1.4 and exercise; Schur complements of such matrices are such matrices, so no pivot is needed).
 *
 * <p>The engine inverts small matrices one after the other, by a general factorization: that is fast for a few rows and slow for 50.
 * Halving leaves most of the work to batched products. How many calls it makes depends on the size of the matrices, not on their number.
 */
public final class PositiveDefiniteInverse {

    /** Matrices up to this size are given to the engine: beyond it, its inverse of a batch takes several times longer a number. */
    private static final long SMALL = 16;

    private PositiveDefiniteInverse() {}

    /**
     * The inverses.
     *
     * @param matrices symmetric positive definite, {@code [B, m, m]}; others give numbers without meaning, or an error of the engine
     */
    public static NDArray of(NDArray matrices) {
        long size = matrices.getShape().get(1);
        if (size <= SMALL) {
            return matrices.inverse();
        }
        long half = (size + 1) / 2;
        NDList rows = matrices.split(new long[] {half}, 1);
        NDList upper = rows.get(0).split(new long[] {half}, 2);
        NDList lower = rows.get(1).split(new long[] {half}, 2);
        NDArray first = of(upper.get(0)); // P^-1
        NDArray across = first.batchMatMul(upper.get(1)); // P^-1 Q
        NDArray second = of(lower.get(1).sub(lower.get(0).batchMatMul(across))); // (R - Q' P^-1 Q)^-1
        NDArray corner = across.batchMatMul(second); // P^-1 Q S^-1
        NDArray head = first.add(corner.batchMatMul(across.swapAxes(1, 2)));
        NDArray left = corner.neg();
        return NDArrays.concat(
                new NDList(
                        NDArrays.concat(new NDList(head, left), 2),
                        NDArrays.concat(new NDList(left.swapAxes(1, 2), second), 2)),
                1);
    }
}

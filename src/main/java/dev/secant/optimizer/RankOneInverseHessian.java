package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * Inverse Hessians of a batch, {@code B = diag(d) + sum_i u_i u_i' + sum_j s_j v_j v_j'}: a given start (a diagonal and R rank-one
 * terms, predicted by a network) and at most L symmetric-rank-one corrections of either sign, learned on the way. Never formed: a
 * product costs O(n (R + L)).
 *
 * <p>A new pair (p, q) adds {@code r r' / (r'q)} with {@code r = p - Bq} (Nocedal and Wright, Numerical Optimization, 2nd ed. 2006,
 * equation 6.25), which restores the secant equation {@code Bq = p}. With {@code r'q < 0} that takes from B; it stays positive definite
 * as long as {@code p'B^-1 p < p'q}, which for a step {@code p = -t B g} is {@code -t p'g < p'q} and costs nothing to know. A pair that
 * would break it is skipped.
 *
 * <p>A value: what changes is a new one.
 *
 * @param diagonal positive, {@code [B, n]}
 * @param given {@code [B, R, n]}
 * @param corrections v, {@code [B, L, n]}
 * @param signs s, 1 or -1, {@code [B, L, 1]}
 * @param pairs how many pairs were offered
 */
public record RankOneInverseHessian(NDArray diagonal, NDArray given, NDArray corrections, NDArray signs, int pairs) {

    /** Pairs with {@code |r'q|} below this times {@code ||r|| ||q||} are skipped (equation 6.26). */
    private static final float LEAST_ANGLE = 1e-5f;

    /** How much of the curvature must remain when a pair takes from B. */
    private static final float REMAINDER = 0.05f;

    /** The start, without corrections, with room for so many. */
    public static RankOneInverseHessian start(NDArray diagonal, NDArray given, int memory) {
        Shape shape = diagonal.getShape();
        NDArray none =
                diagonal.getManager().zeros(new Shape(shape.get(0), memory, shape.get(1)), diagonal.getDataType());
        NDArray ones = diagonal.getManager().ones(new Shape(shape.get(0), memory, 1), diagonal.getDataType());
        return new RankOneInverseHessian(diagonal, given, none, ones, 0);
    }

    /** {@code B y}, {@code [B, n]}. */
    public NDArray times(NDArray y) {
        NDArray column = y.expandDims(2);
        NDArray byGiven = given.batchMatMul(column).transpose(0, 2, 1).batchMatMul(given); // [B, 1, n]
        NDArray byCorrections =
                corrections.batchMatMul(column).mul(signs).transpose(0, 2, 1).batchMatMul(corrections); // [B, 1, n]
        return diagonal.mul(y).add(byGiven.add(byCorrections).squeeze(1));
    }

    /**
     * Learns a pair.
     *
     * @param p the step, {@code -t B g} for some t, {@code [B, n]}
     * @param q the change of the gradient, {@code [B, n]}
     * @param g the gradient where the step began, {@code [B, n]}
     */
    public RankOneInverseHessian learn(NDArray p, NDArray q, NDArray g) {
        NDArray r = p.sub(times(q));
        NDArray rq = dot(r, q);
        NDArray pg = dot(p, g).neg();
        NDArray length = pg.div(dot(g, times(g)).clip(1e-30, 1e30)); // t
        NDArray bound = norm(r).mul(norm(q)).mul(LEAST_ANGLE);
        NDArray positive = dot(p, q).mul(1 - REMAINDER).gt(length.mul(pg));
        NDArray usable = rq.abs().gt(bound).logicalAnd(rq.gt(0).logicalOr(positive));
        NDArray v = NDArrays.where(
                usable.broadcast(r.getShape()), r.div(rq.abs().clip(1e-30, 1e30).sqrt()), r.zerosLike());
        NDArray sign = rq.gt(0).toType(p.getDataType(), false).mul(2).sub(1).expandDims(2); // [B, 1, 1]
        NDArray skipped = usable.logicalNot().toType(p.getDataType(), false).expandDims(2);
        int slot = pairs % (int) corrections.getShape().get(1);
        NDArray kept = corrections.get(":, %d:%d".formatted(slot, slot + 1)).mul(skipped);
        NDArray taken = skipped.neg().add(1);
        NDArray keptSign = signs.get(":, %d:%d".formatted(slot, slot + 1)).mul(skipped);
        return new RankOneInverseHessian(
                diagonal,
                given,
                replaced(corrections, slot, v.expandDims(1).add(kept)),
                replaced(signs, slot, sign.mul(taken).add(keptSign)),
                pairs + 1);
    }

    private static NDArray replaced(NDArray rows, int slot, NDArray row) {
        NDList parts = new NDList();
        if (slot > 0) {
            parts.add(rows.get(":, 0:" + slot));
        }
        parts.add(row);
        if (slot + 1 < rows.getShape().get(1)) {
            parts.add(rows.get(":, %d:".formatted(slot + 1)));
        }
        return NDArrays.concat(parts, 1);
    }

    private static NDArray dot(NDArray a, NDArray b) {
        return a.mul(b).sum(new int[] {1}, true);
    }

    private static NDArray norm(NDArray a) {
        return dot(a, a).sqrt();
    }
}

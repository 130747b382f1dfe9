package dev.secant.optimizer.amortized;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.linesearch.Directions;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Held;
import dev.secant.optimizer.vectors.Products;
import dev.secant.optimizer.vectors.VectorSpace;
import java.util.Arrays;

/**
 * The inverse Hessians of a batch, {@code B = B_0 + sum_j s_j v_j v_j'}: {@code B_0} is given for each item, and the corrections of either
 * sign are the symmetric-rank-one formula's, at most L, taken by {@link CorrectionRule}. Directions are {@code -B g}.
 *
 * <p>A step costs one product with {@code B_0}, that of the next gradient: {@code Bq} is the difference of two such products, and the new
 * correction takes the product with the old B to that with the new one.
 *
 * <p>On tensors what a trial would teach is asked for together with its value, before that is known, so that a round reads back once. On
 * arrays it is computed for the accepted points only.
 */
final class AmortizedInverseHessian implements Directions {

    /** Whose products with each other decide of a pair: r, q, p, the next gradient, and B times that. */
    private static final int VECTORS = 5;

    private final BatchRun run;
    private final VectorSpace space;
    private final InitialProduct initial;
    private final Corrections corrections;

    /** {@code B g} at the current points. */
    private final Held product;

    /** {@code -g'B g}. */
    private double[] slopes;

    private boolean[] forgotten;
    private boolean anyForgotten;

    AmortizedInverseHessian(BatchRun run, InitialInverse initial, int memory) {
        this.run = run;
        this.space = run.space();
        this.initial = InitialProduct.of(space, initial);
        this.initial.keep(running(run, initial.size()));
        this.corrections = Corrections.of(run, memory);
        this.product = space.hold();
        this.slopes = new double[run.size()];
        this.forgotten = new boolean[run.size()];
    }

    /** An item may have ended at its start. */
    private static RowSelection running(BatchRun run, int size) {
        int[] items = new int[run.size()];
        for (int row = 0; row < items.length; row++) {
            items[row] = run.item(row);
        }
        return new RowSelection(items, size);
    }

    @Override
    public Descent next() {
        if (product.isEmpty()) {
            begin(times(run.current().gradient()), run.current().gradient());
        }
        double[] trials = new double[run.size()];
        Arrays.fill(trials, 1);
        return new Descent(space.scaled(-1, product.get()), slopes, trials);
    }

    private void begin(Block times, Block gradient) {
        Products products = space.products(times, gradient);
        product.set(times);
        for (int row = 0; row < slopes.length; row++) {
            slopes[row] = -products.get(row, 0, 1);
        }
    }

    @Override
    public void measure(BatchEvaluation trials) {
        if (space.storage() == Storage.TENSORS) {
            measurePairs(trials);
        }
    }

    /** The products that decide of the pairs to some points, with B_0 times the gradients there, B times them, and the residuals. */
    private void measurePairs(BatchEvaluation at) {
        RowSelection rows = at.rows();
        Block gradient = at.gradient();
        Block given = initial.times(gradient, rows);
        Block after = corrections.add(given, gradient, rows);
        Block q = space.sum(1, gradient, -1, space.gather(run.current().gradient(), rows));
        Block r = space.sum(1, at.step(), -1, space.sum(1, after, -1, space.gather(current(), rows)));
        at.measure(space.products(r, q, at.step(), gradient, after).numbers());
        at.accompany(given, after, r);
    }

    @Override
    public void learn(BatchEvaluation next) {
        if (space.storage() == Storage.ARRAYS) {
            measurePairs(next);
        }
        Block given = next.companion(0);
        Block after = next.companion(1);
        Block r = next.companion(2);
        int size = run.size();
        double[] scales = new double[size];
        double[] signs = new double[size];
        double[] factors = new double[size];
        double[] nextSlopes = new double[size];
        for (int row = 0; row < size; row++) {
            double[] products = next.measured(row);
            double rq = products[1];
            double along = products[3]; // r'g at the next point
            if (takes(products, row, rq)) {
                scales[row] = 1 / Math.sqrt(Math.abs(rq));
                signs[row] = Math.signum(rq);
                factors[row] = along / rq;
            }
            nextSlopes[row] = -products[3 * VECTORS + 4] - factors[row] * along;
        }
        slopes = nextSlopes;
        if (corrections.store(r, scales, signs)) {
            begin(corrections.add(given, next.gradient(), run.all()), next.gradient());
        } else {
            product.set(space.sum(factors, r, after));
        }
    }

    /** Of r, q, p, the next g, and B times that. */
    private boolean takes(double[] products, int row, double rq) {
        double pq = products[VECTORS + 2];
        double pg = products[2 * VECTORS + 3] - pq; // p'g = p'(next g) - p'q
        return CorrectionRule.takes(rq, products[0], products[VECTORS + 1], pq, pg, -slopes[row]);
    }

    /** {@code B y} of the running items. */
    Block times(Block y) {
        return corrections.add(initial.times(y, run.all()), y, run.all());
    }

    /** {@code B g} at the current points, after what was forgotten in this step. */
    private Block current() {
        if (!anyForgotten) {
            return product.get();
        }
        Block gradient = run.current().gradient();
        Block given = initial.times(gradient, run.all());
        Products products = space.products(given, gradient);
        for (int row = 0; row < forgotten.length; row++) {
            slopes[row] = forgotten[row] ? -products.get(row, 0, 1) : slopes[row];
        }
        product.set(space.where(forgotten, given, product.get()));
        Arrays.fill(forgotten, false);
        anyForgotten = false;
        return product.get();
    }

    /** What was given stays. */
    @Override
    public void forget(int row) {
        corrections.forget(row);
        forgotten[row] = true;
        anyForgotten = true;
    }

    @Override
    public void keep(RowSelection rows) {
        initial.keep(rows);
        corrections.keep(rows);
        product.keep(rows);
        slopes = rows.of(slopes);
        forgotten = rows.of(forgotten);
    }

    @Override
    public void close() {
        initial.close();
        corrections.close();
        product.close();
    }
}

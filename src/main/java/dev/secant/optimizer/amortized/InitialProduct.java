package dev.secant.optimizer.amortized;

import dev.secant.linalg.Cholesky;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.VectorSpace;

/** Products of the running items' vectors with their initial inverse Hessians, whatever storage either is on. */
abstract sealed class InitialProduct implements AutoCloseable {

    static InitialProduct of(VectorSpace space, InitialInverse initial) {
        if (initial instanceof InitialInverse.OnArrays arrays) {
            return new ByFactors(space, arrays.factors().toArray(Cholesky[]::new));
        }
        return new ByTensors(space, (InitialInverse.OnTensors) initial);
    }

    /** {@code B_0 y}, {@code [A, n]}. */
    abstract Block times(Block y);

    /** Only these rows still run. */
    abstract void keep(RowSelection rows);

    @Override
    public abstract void close();

    private static final class ByFactors extends InitialProduct {

        private final VectorSpace space;
        private Cholesky[] factors;

        ByFactors(VectorSpace space, Cholesky[] factors) {
            this.space = space;
            this.factors = factors;
        }

        @Override
        Block times(Block y) {
            double[][] rows = space.rows(y);
            double[][] products = new double[rows.length][];
            for (int row = 0; row < products.length; row++) {
                products[row] = factors[row].solve(rows[row]);
            }
            return space.block(products);
        }

        @Override
        void keep(RowSelection rows) {
            factors = rows.of(factors);
        }

        @Override
        public void close() {
            // Nothing to free.
        }
    }

    private static final class ByTensors extends InitialProduct {

        private final VectorSpace space;
        private final InitialInverse.OnTensors given;
        private InitialInverse.OnTensors running;

        ByTensors(VectorSpace space, InitialInverse.OnTensors given) {
            this.space = space;
            this.given = given;
            this.running = given;
        }

        @Override
        Block times(Block y) {
            return space.block(running.times(space.tensor(y)));
        }

        @Override
        void keep(RowSelection rows) {
            if (!rows.isAll()) {
                InitialInverse.OnTensors kept = running.select(rows.indices());
                close();
                running = kept;
            }
        }

        @Override
        public void close() {
            if (running != given) {
                running.close();
            }
        }
    }
}

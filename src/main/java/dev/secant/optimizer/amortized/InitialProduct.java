package dev.secant.optimizer.amortized;

import dev.secant.linalg.Factorization;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.VectorSpace;

/** Products of the running items' vectors with their initial inverse Hessians, whatever storage either is on. */
abstract sealed class InitialProduct implements AutoCloseable {

    static InitialProduct of(VectorSpace space, InitialInverse initial) {
        if (initial instanceof InitialInverse.OnArrays arrays) {
            return new ByFactors(space, arrays.factors().toArray(Factorization[]::new));
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
        private Factorization[] factors;

        ByFactors(VectorSpace space, Factorization[] factors) {
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
        private InitialInverse.OnTensors held;

        /** The places of the running rows among the items that are held. */
        private int[] places;

        ByTensors(VectorSpace space, InitialInverse.OnTensors given) {
            this.space = space;
            this.given = given;
            this.held = given;
            this.places = RowSelection.all(given.size()).indices();
        }

        @Override
        Block times(Block y) {
            if (places.length == held.size()) {
                return space.block(held.times(space.tensor(y)));
            }
            int[] rows = new int[held.size()]; // those that have gone take any row's numbers
            for (int row = 0; row < places.length; row++) {
                rows[places[row]] = row;
            }
            Block all = space.choose(new Block[] {y}, rows);
            return space.choose(new Block[] {space.block(held.times(space.tensor(all)))}, places);
        }

        /** Matrices are copied only when half of the items have gone: a copy costs as much as several products. */
        @Override
        void keep(RowSelection rows) {
            places = rows.of(places);
            if (2 * places.length <= held.size()) {
                InitialInverse.OnTensors kept = held.select(places);
                close();
                held = kept;
                places = RowSelection.all(places.length).indices();
            }
        }

        @Override
        public void close() {
            if (held != given) {
                held.close();
            }
        }
    }
}

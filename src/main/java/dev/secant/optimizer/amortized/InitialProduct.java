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

    /**
     * {@code B_0 y} of some of the running rows.
     *
     * @param y {@code [k, n]}
     */
    abstract Block times(Block y, RowSelection rows);

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
        Block times(Block y, RowSelection rows) {
            double[][] right = space.rows(y);
            double[][] products = new double[right.length][];
            for (int k = 0; k < products.length; k++) {
                products[k] = factors[rows.indices()[k]].solve(right[k]);
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
        Block times(Block y, RowSelection rows) {
            int[] wanted = rows.of(places);
            if (wanted.length == held.size()) {
                return space.block(held.times(space.tensor(y)));
            }
            if (2 * wanted.length <= held.size()) {
                try (InitialInverse.OnTensors few = held.select(wanted)) {
                    return space.block(few.times(space.tensor(y)));
                }
            }
            int[] sources = new int[held.size()]; // those that are not wanted take any row's numbers
            for (int k = 0; k < wanted.length; k++) {
                sources[wanted[k]] = k;
            }
            Block all = space.choose(new Block[] {y}, sources);
            return space.choose(new Block[] {space.block(held.times(space.tensor(all)))}, wanted);
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

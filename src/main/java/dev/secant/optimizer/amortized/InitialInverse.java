package dev.secant.optimizer.amortized;

import ai.djl.ndarray.NDArray;
import dev.secant.linalg.Factorization;
import dev.secant.optimizer.Storage;
import java.util.List;

/** The inverse Hessians {@code B_0} that the items of a batch start from: products with them are the only thing that each storage has its own way to. */
public sealed interface InitialInverse {

    /** How many items. */
    int size();

    /** Where the products are computed; a run on the other storage carries vectors over and back. */
    Storage storage();

    /**
     * On plain arrays.
     *
     * @param factors each item's model Hessian
     */
    record OnArrays(List<Factorization> factors) implements InitialInverse {

        public OnArrays {
            factors = List.copyOf(factors);
        }

        @Override
        public int size() {
            return factors.size();
        }

        @Override
        public Storage storage() {
            return Storage.ARRAYS;
        }
    }

    /** On tensors, all items together. */
    non-sealed interface OnTensors extends InitialInverse, AutoCloseable {

        @Override
        default Storage storage() {
            return Storage.TENSORS;
        }

        /**
         * {@code B_0 y} of each item, on the device of {@code y}, in a number of engine calls that does not depend on the items.
         *
         * @param y {@code [B, n]}
         */
        NDArray times(NDArray y);

        /** Those of some of the items, in the order given; they outlive the memory scope around the call, and {@link #close} frees them. */
        OnTensors select(int[] rows);

        /** Frees what {@link #select} made. */
        @Override
        void close();
    }
}

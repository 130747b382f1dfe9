package dev.secant.optimizer;

/** Where the vectors of a batch live while it is minimized. The same method runs on both; {@link StorageChoice} chooses. */
public enum Storage {
    /** Plain arrays of the JVM, double precision whatever the points' data type: fastest where vectors are short and problems few. */
    ARRAYS,
    /** Tensors of the engine, on its device and in the points' data type: for large batches and accelerators. */
    TENSORS
}

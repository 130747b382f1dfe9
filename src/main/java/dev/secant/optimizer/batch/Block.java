package dev.secant.optimizer.batch;

/**
 * Some vectors of n numbers, one a row: points, gradients or directions of the running items of a batch. Not modified once it is made, so
 * that rows may be shared.
 *
 * <p>A method passes blocks from one primitive of its {@link VectorSpace} to the next and does not look inside; only what is storage's own
 * algebra does (the classes with the suffix {@code OnArrays} or {@code OnTensors}).
 */
public sealed interface Block permits ArrayBlock, TensorBlock {}

/**
 * Vectors of a whole batch, on either storage: what methods compute with, and all that they need to know of arrays and tensors.
 *
 * <p>A {@code Block} is k vectors of n numbers, one a row, that nobody modifies. A {@code VectorSpace} makes blocks, combines them, chooses
 * among their rows and multiplies them with each other: {@code ArraySpace} in loops over rows on the JVM, {@code TensorSpace} in calls of the
 * engine. Numbers that control decides by come back as {@code Scalars} and {@code Products}: on tensors they wait on the device until one of
 * them is looked at, and then all that wait are read in one transfer. What a step makes on tensors is freed at its end; a {@code Held} is a
 * block that outlives it, an {@code OwnedArray} an array of the engine that does.
 *
 * <p>Nothing here knows objectives, items, stop rules or methods (ADR 5). A space and its blocks belong to one thread.
 */
@NullMarked
package dev.secant.optimizer.vectors;

import org.jspecify.annotations.NullMarked;

/**
 * The networks of a fit on plain arrays: no call of the engine, so one person costs a fraction of a millisecond, and a person's numbers are
 * the same whoever is evaluated beside it.
 *
 * <p>The networks themselves are defined by {@link dev.secant.fit.InitializerNetwork} and {@link dev.secant.fit.RefinerNetwork}, which
 * evaluate them on tensors; a test holds both together.
 */
@NullMarked
package dev.secant.fit.arrays;

import org.jspecify.annotations.NullMarked;

/**
 * Optimizers over batches of problems: what a method, an objective, a stop rule and an optimum are.
 *
 * <p>A batch is an array {@code [B, n]}: B problems of n variables. No problem's numbers depend on its neighbours. The methods are in
 * sub-packages, one family each; they build on this package, which names none of them.
 */
@NullMarked
package dev.secant.optimizer;

import org.jspecify.annotations.NullMarked;

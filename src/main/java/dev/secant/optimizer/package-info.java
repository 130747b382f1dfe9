/**
 * Optimizers over batches of problems: the learned L-SR1 and the classical methods, stop rules, safeguard, trajectory.
 *
 * <p>A batch is an array {@code [B, n]}: B problems of n variables. No problem's numbers depend on its neighbours.
 */
@NullMarked
package dev.secant.optimizer;

import org.jspecify.annotations.NullMarked;

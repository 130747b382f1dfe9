/**
 * Quasi-Newton methods without learning: L-BFGS, BFGS, and limited-memory SR1 in a trust region.
 *
 * <p>Pairs of steps and gradient changes are kept on tensors ({@code Tensors}) and on plain arrays ({@code Arrays}); the learned methods
 * build on the latter.
 */
@NullMarked
package dev.secant.optimizer.quasinewton;

import org.jspecify.annotations.NullMarked;

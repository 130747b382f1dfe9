/**
 * The method of this project: quasi-Newton steps whose initial inverse Hessian and step lengths are learned.
 *
 * <p>{@link dev.secant.optimizer.secant.SecantQuasiNewton} is the method, {@link dev.secant.optimizer.policy.SecantPolicy} what it has learned.
 * What an item does is decided in scalars ({@code ExtrapolatedLineSearch}, {@code BasinHopping}); the vectors of a batch are behind {@code
 * SecantVectors}, on arrays or on tensors. Line and section numbers refer to docs/methods/secant.md.
 */
@NullMarked
package dev.secant.optimizer.secant;

import org.jspecify.annotations.NullMarked;

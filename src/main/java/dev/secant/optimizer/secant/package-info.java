/**
 * The method of this project: quasi-Newton steps whose initial inverse Hessian and step lengths are learned.
 *
 * <p>{@link dev.secant.optimizer.secant.SecantQuasiNewton} is the method, {@link dev.secant.optimizer.policy.SecantPolicy} what it has learned.
 * It runs on plain arrays, one ask/tell method for each problem of a batch.
 */
@NullMarked
package dev.secant.optimizer.secant;

import org.jspecify.annotations.NullMarked;

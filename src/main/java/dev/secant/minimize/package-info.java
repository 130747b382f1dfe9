/**
 * Minimization requests: read, checked, run in one batch, and answered with trajectories.
 *
 * <p>{@link dev.secant.minimize.MinimizationRequest} as posted, {@link dev.secant.minimize.MinimizationPlan} as checked,
 * {@link dev.secant.minimize.Minimizer} runs, {@link dev.secant.minimize.MinimizationItem} answers for one start.
 */
@NullMarked
package dev.secant.minimize;

import org.jspecify.annotations.NullMarked;

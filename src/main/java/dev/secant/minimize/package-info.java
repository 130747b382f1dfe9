/**
 * Minimization requests and their answers, as data.
 *
 * <p>{@link dev.secant.minimize.MinimizationRequest} as posted, {@link dev.secant.minimize.MinimizationPlan} as checked,
 * {@link dev.secant.minimize.MinimizationItem} as answered for one start. Sub-packages read, run and write them.
 */
@NullMarked
package dev.secant.minimize;

import org.jspecify.annotations.NullMarked;

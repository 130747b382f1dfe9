/**
 * Runs plans of equal kind as one batch: the solver's choice, bounds, budgets, trajectories and certificates.
 *
 * <p>{@link dev.secant.minimize.run.Minimizer} is the entry.
 */
@NullMarked
package dev.secant.minimize.run;

import org.jspecify.annotations.NullMarked;

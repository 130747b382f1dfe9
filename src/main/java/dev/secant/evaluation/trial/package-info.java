/**
 * Trials: one method on one set of problems, measured by steps, evaluations or time.
 *
 * <p>Also the peers that methods are compared with, their tuning, and performance profiles of the results. No file is written here.
 */
@NullMarked
package dev.secant.evaluation.trial;

import org.jspecify.annotations.NullMarked;

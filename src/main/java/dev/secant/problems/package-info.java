/**
 * Families of test problems: functions with known minima, random quadratics, regressions, mixtures.
 *
 * <p>A {@link dev.secant.problems.ProblemFamily} draws a {@link dev.secant.problems.ProblemSet}, a batch of problems with starts.
 * Training and evaluation draw from the same families; neither a method's training nor a report is known here.
 */
@NullMarked
package dev.secant.problems;

import org.jspecify.annotations.NullMarked;

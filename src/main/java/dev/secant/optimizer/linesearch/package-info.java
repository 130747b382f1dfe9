/**
 * Line searches: backtracking to Armijo's condition and to the strong Wolfe conditions, and runs built on them.
 *
 * <p>A search is an ask/tell object, so that the searches of a whole batch share each evaluation.
 */
@NullMarked
package dev.secant.optimizer.linesearch;

import org.jspecify.annotations.NullMarked;

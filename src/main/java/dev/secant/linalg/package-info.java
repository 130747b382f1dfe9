/**
 * Dense linear algebra on plain arrays: the Cholesky factorization and symmetric eigenvalue problems.
 *
 * <p>Small matrices, row by row as {@code double[][]}, no engine. It knows nothing of optimization.
 */
@NullMarked
package dev.secant.linalg;

import org.jspecify.annotations.NullMarked;

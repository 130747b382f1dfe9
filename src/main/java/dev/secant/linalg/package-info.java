/**
 * Dense linear algebra on plain arrays: factorizations of positive definite matrices, symmetric eigenvalue problems, and the products of
 * float32 matrices that small networks are made of.
 *
 * <p>Small matrices, row by row, no engine. It knows nothing of optimization.
 */
@NullMarked
package dev.secant.linalg;

import org.jspecify.annotations.NullMarked;

/** Results as files: CSV, arrays for NumPy, and a plot of the convergence. */
@NullMarked
package dev.secant.minimize.output;

import org.jspecify.annotations.NullMarked;

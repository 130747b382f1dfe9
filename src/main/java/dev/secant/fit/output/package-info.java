/** Fitted bodies as files: meshes, rigs, arrays for NumPy. */
@NullMarked
package dev.secant.fit.output;

import org.jspecify.annotations.NullMarked;

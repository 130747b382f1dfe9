/** Symmetric rank one for problems whose inverse Hessian a model foretells, as the networks of body fitting do. */
@NullMarked
package dev.secant.optimizer.amortized;

import org.jspecify.annotations.NullMarked;

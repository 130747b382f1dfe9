/** Methods that use second derivatives or residuals: Newton-CG, Levenberg-Marquardt, nonlinear conjugate gradients. */
@NullMarked
package dev.secant.optimizer.newton;

import org.jspecify.annotations.NullMarked;

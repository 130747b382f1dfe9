/** First-order methods with fixed or adaptive step lengths: gradient descent, Nesterov's, Adam, AdaHessian. */
@NullMarked
package dev.secant.optimizer.firstorder;

import org.jspecify.annotations.NullMarked;

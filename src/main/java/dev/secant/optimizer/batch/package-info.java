/**
 * How a batch is run: evaluations shared by its problems, stop rules, histories, and the points of problems that have stopped.
 *
 * <p>One driver for methods on tensors, one for ask/tell methods on plain arrays. A method is known here by its interface only.
 */
@NullMarked
package dev.secant.optimizer.batch;

import org.jspecify.annotations.NullMarked;

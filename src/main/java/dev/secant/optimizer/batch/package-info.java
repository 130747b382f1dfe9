/**
 * How a batch is run: evaluations shared by its problems, stop rules, histories, and the points of problems that have stopped.
 *
 * <p>Vectors live on plain arrays or on tensors behind one interface, {@code VectorSpace}; control is by item, in scalars (ADR 5). Methods
 * are known here by their interfaces only: {@code TrialMethod} for those that try points, {@code StepMethod} for those that do not.
 */
@NullMarked
package dev.secant.optimizer.batch;

import org.jspecify.annotations.NullMarked;

/**
 * The fit energy on tensors, for batches and accelerators: value, gradient, Jacobian and the inverse of the model Hessian of all people
 * together, in a number of engine calls that does not depend on how many they are.
 *
 * <p>People run along the last axis (see {@link dev.secant.body.kinematics.TensorVectors}). The energy itself is defined by {@link
 * dev.secant.fit.FitEnergy}.
 */
@NullMarked
package dev.secant.fit.tensors;

import org.jspecify.annotations.NullMarked;

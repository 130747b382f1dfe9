/**
 * Meta-training: the parameters of learned optimizers, the meta-optimizer, the problem families and the unrolled loops.
 */
@NullMarked
package dev.secant.training;

import org.jspecify.annotations.NullMarked;

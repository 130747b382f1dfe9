/** Evaluation of compiled formulas, with gradients, on plain arrays: for batches too small to be worth the engine's overhead. */
@NullMarked
package dev.secant.objective.array;

import org.jspecify.annotations.NullMarked;

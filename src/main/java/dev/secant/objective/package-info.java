/**
 * Objective functions given as formulas: defined, compiled for shapes, and bound to parameters.
 *
 * <p>The way of a formula: {@link dev.secant.objective.syntax.FormulaParser source text} to {@link dev.secant.objective.syntax.Formula
 * tree} to {@link dev.secant.objective.CompiledObjective graph with checked shapes} to {@link dev.secant.objective.BoundObjective tensor
 * operations} on a batch of points. Every limit is enforced before the memory it protects is asked for.
 */
@NullMarked
package dev.secant.objective;

import org.jspecify.annotations.NullMarked;

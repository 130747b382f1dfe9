/**
 * Objective functions: the expression language and the catalogue.
 *
 * <p>The way of a formula: {@link dev.secant.objective.FormulaParser source text} to {@link
 * dev.secant.objective.Formula tree} to {@link dev.secant.objective.CompiledObjective graph with checked shapes} to {@link
 * dev.secant.objective.BoundObjective tensor operations} on a batch of points. Every limit is enforced before the memory
 * it protects is asked for.
 */
@NullMarked
package dev.secant.objective;

import org.jspecify.annotations.NullMarked;

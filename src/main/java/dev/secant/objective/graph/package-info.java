/**
 * Formulas with checked shapes: a graph of operations, its construction from the tree, and symbolic derivatives of it.
 *
 * <p>Each {@link dev.secant.objective.graph.Operation} can be evaluated on the engine's tensors.
 */
@NullMarked
package dev.secant.objective.graph;

import org.jspecify.annotations.NullMarked;

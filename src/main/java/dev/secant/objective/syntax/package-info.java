/** The language of formulas: its parser, tree, printer, limits and error messages. Shapes and tensors are unknown here. */
@NullMarked
package dev.secant.objective.syntax;

import org.jspecify.annotations.NullMarked;

/** Figures and numbers for people: an SVG line chart, and how numbers are rounded. It knows nothing of what is shown. */
@NullMarked
package dev.secant.evaluation.figure;

import org.jspecify.annotations.NullMarked;

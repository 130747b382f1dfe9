/** Figures: a line chart as an SVG document. It knows nothing of what is shown. */
@NullMarked
package dev.secant.plot;

import org.jspecify.annotations.NullMarked;

/** Metrics, protocols, reports, and peers run side by side. */
@NullMarked
package dev.secant.evaluation;

import org.jspecify.annotations.NullMarked;

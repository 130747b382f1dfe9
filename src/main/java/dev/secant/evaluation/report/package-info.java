/**
 * Reports: what is measured for one table or figure, and the Markdown, CSV and SVG files it is written to.
 *
 * <p>A report chooses problems and methods, lets {@link dev.secant.evaluation.trial} measure, and only writes.
 */
@NullMarked
package dev.secant.evaluation.report;

import org.jspecify.annotations.NullMarked;

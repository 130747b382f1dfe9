/** Body fits measured: people of one view, of several, and in sequences. */
@NullMarked
package dev.secant.evaluation.body;

import org.jspecify.annotations.NullMarked;

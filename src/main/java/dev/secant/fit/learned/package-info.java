/**
 * The learned fitter: the networks of a checkpoint, where they start a batch on either storage, and the way from there to bodies.
 *
 * <p>{@link dev.secant.fit.learned.DefaultBodyFitter} is the entry.
 */
@NullMarked
package dev.secant.fit.learned;

import org.jspecify.annotations.NullMarked;

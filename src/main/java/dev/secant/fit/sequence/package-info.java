/**
 * One person in the frames of a video: one shape, a pose a frame, smooth over time.
 *
 * <p>{@link dev.secant.fit.sequence.SequenceFitter} is the entry.
 */
@NullMarked
package dev.secant.fit.sequence;

import org.jspecify.annotations.NullMarked;

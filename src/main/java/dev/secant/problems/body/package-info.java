/**
 * Body fitting as a test problem: people in motion with keypoints as a detector would see them, and the errors of a fit.
 *
 * <p>Poses come from motion clips, cameras and noise from a {@link dev.secant.problems.body.SamplingProtocol}. All of it is seeded.
 */
@NullMarked
package dev.secant.problems.body;

import org.jspecify.annotations.NullMarked;

/** Jobs that fit bodies to keypoints: payload, outcome, work, warm-up and metrics. */
@NullMarked
package dev.secant.jobs.fit;

import org.jspecify.annotations.NullMarked;

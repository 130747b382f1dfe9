/** Files of keypoint detectors. */
@NullMarked
package dev.secant.fit.files;

import org.jspecify.annotations.NullMarked;

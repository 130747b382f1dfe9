/**
 * Body fitting: keypoint layouts, cameras, the fit energy and its evaluators, the initialiser, and the fitter.
 *
 * <p>Camera space is OpenCV's: x right, y down, z forward, metres; the image's origin is top left, pixels.
 */
@NullMarked
package dev.secant.fit;

import org.jspecify.annotations.NullMarked;

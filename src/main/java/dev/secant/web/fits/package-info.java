/** The resource fits: requests with keypoints, as our JSON or as OpenPose files. */
@NullMarked
package dev.secant.web.fits;

import org.jspecify.annotations.NullMarked;

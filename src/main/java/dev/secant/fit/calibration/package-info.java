/** Files of calibrated cameras, as Pose2Sim, OpenCV and EasyMocap write them. */
@NullMarked
package dev.secant.fit.calibration;

import org.jspecify.annotations.NullMarked;

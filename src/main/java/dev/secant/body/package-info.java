/**
 * SMPL-family bodies: the model, its loaders and the procedural default, kinematics, skinning, mesh exporters.
 *
 * <p>Body space is SMPL's: metres, y up, +x to the body's left, +z forward, T-pose at rest.
 */
@NullMarked
package dev.secant.body;

import org.jspecify.annotations.NullMarked;

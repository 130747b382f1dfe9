/**
 * Forward kinematics and skinning: poses and shapes to joints, points and vertices, on arrays and on tensors.
 *
 * <p>Rotations are axis-angle vectors in radians. It knows the body, not where it was read from.
 */
@NullMarked
package dev.secant.body.kinematics;

import org.jspecify.annotations.NullMarked;

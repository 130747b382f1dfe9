/**
 * SMPL-family bodies as data: template, shape and pose directions, skeleton, skin, landmarks.
 *
 * <p>Body space is SMPL's: metres, y up, +x to the body's left, +z forward, T-pose at rest.
 */
@NullMarked
package dev.secant.body;

import org.jspecify.annotations.NullMarked;

/**
 * The procedural default body: an implicit surface of limbs and sections, meshed, skinned and given readable betas, from
 * published anthropometric means and deviations only. Deterministic: {@link StrictMath} and ordered loops throughout.
 *
 * <p>Inside this package the floor is y = 0; {@link ProceduralBody} moves the pelvis to the origin at the end.
 */
@NullMarked
package dev.secant.body.procedural;

import org.jspecify.annotations.NullMarked;

package dev.secant.body;

/**
 * What the ten betas of the default body mean, in this order. Each is in standard deviations of a population of both sexes in
 * equal parts; positive is more of what the name says. All but {@link #STATURE} leave the standing height as it is.
 */
public enum ShapeCoefficient {
    /** Standing height; lengths follow in proportion, breadths and girths by half, the head by three tenths. */
    STATURE,
    /** All circumferences, most at the waist. */
    GIRTH,
    /** Longer legs, shorter trunk. */
    LEG_LENGTH,
    /** Distance between the shoulders. */
    SHOULDER_BREADTH,
    /** Distance between the hips and breadth of the pelvis. */
    HIP_BREADTH,
    /** Upper arms and forearms. */
    ARM_LENGTH,
    /** Chest from front to back. */
    CHEST_DEPTH,
    /** Belly from front to back. */
    WAIST_DEPTH,
    /** Circumferences of arms and legs only. */
    LIMB_GIRTH,
    /** Size of head, hands and feet. */
    HEAD_AND_HAND_SIZE
}

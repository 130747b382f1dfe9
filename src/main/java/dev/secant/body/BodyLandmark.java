package dev.secant.body;

import java.util.Locale;

/** Named points of the surface that keypoint layouts refer to. Left and right are the body's own. */
public enum BodyLandmark {
    NOSE,
    LEFT_EYE,
    RIGHT_EYE,
    /** The opening of the ear. */
    LEFT_EAR,
    RIGHT_EAR,
    /** Tip of the big toe. */
    LEFT_BIG_TOE,
    RIGHT_BIG_TOE,
    /** Tip of the small toe. */
    LEFT_SMALL_TOE,
    RIGHT_SMALL_TOE,
    /** The rearmost point of the foot. */
    LEFT_HEEL,
    RIGHT_HEEL,
    /** The highest point of the skull. */
    HEAD_TOP,
    /** The foremost low point of the jaw. */
    CHIN;

    /** The key in {@link BodyModel#landmarks()}: {@code left_eye}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same point of the other side; itself on the mid-line. */
    public BodyLandmark mirrored() {
        if (name().startsWith("LEFT_")) {
            return valueOf("RIGHT_" + name().substring("LEFT_".length()));
        }
        if (name().startsWith("RIGHT_")) {
            return valueOf("LEFT_" + name().substring("RIGHT_".length()));
        }
        return this;
    }
}

package dev.secant.body;

import java.util.List;

/** SMPL's 24 joints, in its order. */
public enum SmplJoint {
    PELVIS(-1),
    LEFT_HIP(0),
    RIGHT_HIP(0),
    SPINE1(0),
    LEFT_KNEE(1),
    RIGHT_KNEE(2),
    SPINE2(3),
    LEFT_ANKLE(4),
    RIGHT_ANKLE(5),
    SPINE3(6),
    LEFT_FOOT(7),
    RIGHT_FOOT(8),
    NECK(9),
    LEFT_COLLAR(9),
    RIGHT_COLLAR(9),
    HEAD(12),
    LEFT_SHOULDER(13),
    RIGHT_SHOULDER(14),
    LEFT_ELBOW(16),
    RIGHT_ELBOW(17),
    LEFT_WRIST(18),
    RIGHT_WRIST(19),
    LEFT_HAND(20),
    RIGHT_HAND(21);

    private static final List<SmplJoint> ORDER = List.of(values());

    private final int parent;

    SmplJoint(int parent) {
        this.parent = parent;
    }

    /** How many there are: 24. */
    public static int count() {
        return ORDER.size();
    }

    /** The same joint of the other side; itself on the mid-line. */
    public SmplJoint mirrored() {
        if (name().startsWith("LEFT_")) {
            return valueOf("RIGHT_" + name().substring("LEFT_".length()));
        }
        if (name().startsWith("RIGHT_")) {
            return valueOf("LEFT_" + name().substring("RIGHT_".length()));
        }
        return this;
    }

    /** The joint's number in SMPL's arrays. */
    @SuppressWarnings("EnumOrdinal") // SMPL numbers its joints in this order.
    public int index() {
        return ordinal();
    }

    /** The joint of a number in SMPL's arrays. */
    public static SmplJoint at(int index) {
        return ORDER.get(index);
    }

    /** The parents by index; -1 for the pelvis. */
    public static int[] parents() {
        return ORDER.stream().mapToInt(joint -> joint.parent).toArray();
    }
}

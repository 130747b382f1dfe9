package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.SmplJoint;
import java.util.Arrays;

/**
 * The members of SMPL's family, told apart by their number of joints. They share the first 22 joints, pelvis to wrists; SMPL ends each
 * arm in one hand joint, SMPL-H in 15 finger joints, and SMPL-X has jaw and eyes besides.
 *
 * <p>The body of SMPL-H and SMPL-X is theirs with hands, jaw and eyes at rest, as SMPL's 24 joints: skin of a joint that is left out
 * hangs on the nearest joint above it that is not, its pose directions are never felt, and the hand joints are where the middle fingers
 * begin. Hand joints move no skin: fingers turn with the wrist. Its surface is the original's at every pose of the body.
 */
enum SmplFamily {
    SMPL("SMPL", 24, new int[0]),
    SMPL_H("SMPL-H", 52, new int[] {25, 40}),
    SMPL_X("SMPL-X", 55, new int[] {28, 43}),
    /** Any other skeleton: read, but not reduced. */
    OTHER("skeleton of its own", -1, new int[0]);

    private final String title;
    private final int joints;

    /** The joints of the file that are the left and the right hand of SMPL. */
    private final int[] hands;

    SmplFamily(String title, int joints, int[] hands) {
        this.title = title;
        this.joints = joints;
        this.hands = hands;
    }

    /** As messages say it. */
    String title() {
        return title;
    }

    static SmplFamily of(int joints) {
        return Arrays.stream(values())
                .filter(family -> family.joints == joints)
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * The body alone; the same arrays if there is nothing to leave out.
     *
     * @throws BodyFormatException if the joints are as many as this member's, but not joined as they are
     */
    SmplArrays bodyOnly(SmplArrays full) {
        if (hands.length == 0) {
            return full;
        }
        int[] tree = SmplJoint.parents();
        int shared = SmplJoint.LEFT_HAND.index();
        int[] kept = new int[joints];
        for (int j = 0; j < joints; j++) {
            int parent = full.parents()[j];
            boolean known = j < shared ? j == 0 || parent == tree[j] : parent >= 0 && parent < j;
            if (!known) {
                throw new BodyFormatException("The joint tree of %s gives joint %d the parent %d, which is not %s's."
                        .formatted(full.source(), j, parent, title));
            }
            kept[j] = j < shared ? j : kept[parent];
        }
        int count = SmplJoint.count();
        int[] rows = new int[count];
        for (int j = 0; j < count; j++) {
            rows[j] = j < shared ? j : hands[j - shared];
        }
        return new SmplArrays(
                full.name(),
                full.source(),
                full.template(),
                full.shapeDirections(),
                poseDirections(full, shared, count),
                full.regressor().select(rows),
                weights(full, kept, count),
                tree,
                full.faces());
    }

    private float[] poseDirections(SmplArrays full, int shared, int count) {
        float[] stored = full.poseDirections();
        if (stored.length == 0) {
            return stored;
        }
        int from = 9 * (joints - 1);
        int to = 9 * (count - 1);
        float[] reduced = new float[full.template().length * to];
        for (int row = 0; row < full.template().length; row++) {
            System.arraycopy(stored, row * from, reduced, row * to, 9 * (shared - 1));
        }
        return reduced;
    }

    private double[] weights(SmplArrays full, int[] kept, int count) {
        int vertices = full.template().length / 3;
        double[] reduced = new double[vertices * count];
        for (int v = 0; v < vertices; v++) {
            for (int j = 0; j < joints; j++) {
                reduced[v * count + kept[j]] += full.weights()[v * joints + j];
            }
        }
        return reduced;
    }
}

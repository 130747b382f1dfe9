package dev.secant.body.procedural;

import dev.secant.body.ShapeCoefficient;
import dev.secant.body.SmplJoint;
import java.util.List;
import java.util.Map;

/**
 * The linear shape directions: how joints and surface points move a unit of beta. Joints move by the strains of the bones
 * between them and the pelvis, which stays where it is; a point moves with its joints, and by their flesh's strain about
 * the bone's axis.
 */
final class ShapeSpace {

    private static final double HEAD_TOP = Anthropometry.measure("stature").mean();
    private static final List<SmplJoint> SPINE =
            List.of(SmplJoint.PELVIS, SmplJoint.SPINE1, SmplJoint.SPINE2, SmplJoint.SPINE3, SmplJoint.NECK);

    /** The joint that a bone leads to; absent where a part scales about its own joint. */
    private static final Map<SmplJoint, SmplJoint> BONES = Map.ofEntries(
            Map.entry(SmplJoint.PELVIS, SmplJoint.SPINE1),
            Map.entry(SmplJoint.SPINE1, SmplJoint.SPINE2),
            Map.entry(SmplJoint.SPINE2, SmplJoint.SPINE3),
            Map.entry(SmplJoint.SPINE3, SmplJoint.NECK),
            Map.entry(SmplJoint.NECK, SmplJoint.HEAD),
            Map.entry(SmplJoint.LEFT_COLLAR, SmplJoint.LEFT_SHOULDER),
            Map.entry(SmplJoint.LEFT_SHOULDER, SmplJoint.LEFT_ELBOW),
            Map.entry(SmplJoint.LEFT_ELBOW, SmplJoint.LEFT_WRIST),
            Map.entry(SmplJoint.LEFT_WRIST, SmplJoint.LEFT_HAND),
            Map.entry(SmplJoint.LEFT_HIP, SmplJoint.LEFT_KNEE),
            Map.entry(SmplJoint.LEFT_KNEE, SmplJoint.LEFT_ANKLE));

    private final double[][] joints;
    private final Strain[] strains;
    private final double[][] jointShift;

    private ShapeSpace(double[][] joints, Strain[] strains) {
        this.joints = joints;
        this.strains = strains;
        this.jointShift = shiftJoints();
    }

    /** The direction of one beta. */
    static ShapeSpace of(ShapeCoefficient beta) {
        double[][] joints = MeanSkeleton.joints();
        Map<SmplJoint, Strain> raw = ShapeStrains.of(beta);
        Strain[] strains = new Strain[joints.length];
        for (SmplJoint joint : SmplJoint.values()) {
            strains[joint.index()] = raw.getOrDefault(joint, Strain.NONE);
        }
        if (beta == ShapeCoefficient.STATURE) {
            double factor =
                    Anthropometry.measure("stature").deviation() / new ShapeSpace(joints, strains).statureChange();
            for (int j = 0; j < strains.length; j++) {
                strains[j] = strains[j].times(factor);
            }
            return new ShapeSpace(joints, strains);
        }
        return new ShapeSpace(joints, withStatureHeld(joints, strains));
    }

    /** {@code [24][3]}, metres a unit of beta. */
    double[][] jointShift() {
        return jointShift;
    }

    /**
     * Metres a unit of beta.
     *
     * @param p on the mean surface
     * @param membership how far it belongs to each joint, {@code [24]}
     */
    double[] shift(double[] p, double[] membership) {
        double[] shift = new double[3];
        for (int j = 0; j < membership.length; j++) {
            if (membership[j] > 0) {
                double[] part = shiftWith(j, p);
                for (int c = 0; c < 3; c++) {
                    shift[c] += membership[j] * part[c];
                }
            }
        }
        return shift;
    }

    private double[] shiftWith(int joint, double[] p) {
        double[] origin = joints[joint];
        double[] strain = strains[joint].flesh();
        double[] shift = jointShift[joint].clone();
        double[] axis = boneAxis(SmplJoint.at(joint));
        for (int c = 0; c < 3; c++) {
            shift[c] += strain[c] * (p[c] - origin[c]);
        }
        if (axis.length == 0) {
            return shift;
        }
        // Across the bone, the flesh keeps its distance from the bone's line, not from the joint.
        int along = largest(axis);
        double t = (p[along] - origin[along]) / axis[along];
        double[] bone = strains[joint].bone();
        for (int c = 0; c < 3; c++) {
            if (c != along) {
                shift[c] += (bone[c] - strain[c]) * t * axis[c];
            }
        }
        return shift;
    }

    private double[] boneAxis(SmplJoint joint) {
        boolean right = joint.name().startsWith("RIGHT_");
        SmplJoint child = BONES.get(right ? joint.mirrored() : joint);
        if (child == null) {
            return new double[0];
        }
        double[] a = joints[joint.index()];
        double[] b = joints[(right ? child.mirrored() : child).index()];
        return new double[] {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    }

    private static int largest(double[] v) {
        int largest = 0;
        for (int c = 1; c < 3; c++) {
            largest = Math.abs(v[c]) > Math.abs(v[largest]) ? c : largest;
        }
        return largest;
    }

    private double[][] shiftJoints() {
        int[] parents = SmplJoint.parents();
        double[][] shift = new double[joints.length][3];
        for (int j = 1; j < joints.length; j++) {
            int parent = parents[j];
            for (int c = 0; c < 3; c++) {
                double bone = joints[j][c] - joints[parent][c];
                shift[j][c] = shift[parent][c] + strains[parent].bone()[c] * bone;
            }
        }
        return shift;
    }

    /** The top of the head against the soles, metres a unit of beta. */
    private double statureChange() {
        int head = SmplJoint.HEAD.index();
        int foot = SmplJoint.LEFT_ANKLE.index();
        double top = jointShift[head][1] + strains[head].flesh()[1] * (HEAD_TOP - joints[head][1]);
        double sole = jointShift[foot][1] - strains[foot].flesh()[1] * joints[foot][1];
        return top - sole;
    }

    private static Strain[] withStatureHeld(double[][] joints, Strain[] strains) {
        double change = new ShapeSpace(joints, strains).statureChange();
        Strain[] longer = strains.clone();
        for (SmplJoint joint : SPINE) {
            longer[joint.index()] = longer[joint.index()].plus(Strain.both(0, 1, 0));
        }
        double perUnit = new ShapeSpace(joints, longer).statureChange() - change;
        Strain[] held = strains.clone();
        for (SmplJoint joint : SPINE) {
            held[joint.index()] = held[joint.index()].plus(Strain.both(0, -change / perUnit, 0));
        }
        return held;
    }
}

package dev.secant.body.procedural;

import static dev.secant.body.procedural.Anthropometry.measure;

import dev.secant.body.ShapeCoefficient;
import dev.secant.body.SmplJoint;
import java.util.EnumMap;
import java.util.Map;

/**
 * The strain that one standard deviation of each beta puts on each body part.
 *
 * <p>Sizes follow one rule: with betas drawn independently from N(0, 1), each measure of ANSUR II varies by its pooled
 * standard deviation. A beta therefore gets what is left of its own measure's variance after the shares of the others
 * (stature first, then girth). Stature stretches lengths in proportion, breadths by half as much and
 * the head by three tenths.
 */
final class ShapeStrains {

    private static final double PER_STATURE = measure("stature").relativeDeviation();
    private static final double BREADTH_SHARE = 0.5;
    private static final double ACROSS_PER_STATURE = BREADTH_SHARE * PER_STATURE;
    private static final double HEAD_PER_STATURE = 0.3 * PER_STATURE;

    private final Map<SmplJoint, Strain> strains = new EnumMap<>(SmplJoint.class);

    private ShapeStrains() {}

    /** Before the trunk is adjusted to hold or reach the stature: see {@link ShapeSpace}. */
    static Map<SmplJoint, Strain> of(ShapeCoefficient beta) {
        ShapeStrains strains = new ShapeStrains();
        switch (beta) {
            case STATURE -> strains.stature();
            case GIRTH -> strains.girth();
            case LEG_LENGTH -> strains.legLength();
            case SHOULDER_BREADTH -> strains.shoulderBreadth();
            case HIP_BREADTH -> strains.hipBreadth();
            case ARM_LENGTH -> strains.armLength();
            case CHEST_DEPTH -> strains.chestDepth();
            case WAIST_DEPTH -> strains.waistDepth();
            case LIMB_GIRTH -> strains.limbGirth();
            case HEAD_AND_HAND_SIZE -> strains.headAndHandSize();
        }
        return strains.strains;
    }

    private void stature() {
        double along = PER_STATURE;
        double across = ACROSS_PER_STATURE;
        trunk(Strain.both(across, along, across));
        put(SmplJoint.NECK, Strain.both(across, along, across));
        put(SmplJoint.HEAD, Strain.both(HEAD_PER_STATURE, HEAD_PER_STATURE, HEAD_PER_STATURE));
        // The distance between the shoulders is a length of bone: it grows in full.
        put(SmplJoint.SPINE3, Strain.bone(along - across, 0, 0));
        pair(SmplJoint.LEFT_COLLAR, Strain.both(along, across, across));
        arms(Strain.both(along, across, across));
        legs(Strain.both(across, along, across));
        pair(SmplJoint.LEFT_WRIST, Strain.both(along, across, along));
        pair(SmplJoint.LEFT_HAND, Strain.both(along, across, along));
        pair(SmplJoint.LEFT_ANKLE, Strain.both(along, along, along));
        pair(SmplJoint.LEFT_FOOT, Strain.both(along, along, along));
    }

    /** Nine tenths of the waist's deviation, five sixths of the chest's and the buttocks', four fifths of the limbs'. */
    private void girth() {
        double waist = 0.92 * measure("waist_circumference").relativeDeviation();
        double chest = 0.84 * measure("chest_circumference").relativeDeviation();
        double seat = 0.83 * measure("buttock_circumference").relativeDeviation();
        put(SmplJoint.PELVIS, Strain.flesh(0.8 * seat, 0, 1.2 * seat));
        put(SmplJoint.SPINE1, Strain.flesh(waist, 0, waist));
        put(SmplJoint.SPINE2, Strain.flesh(waist, 0, waist));
        put(SmplJoint.SPINE3, Strain.flesh(chest, 0, chest));
        pair(SmplJoint.LEFT_COLLAR, Strain.flesh(0, 0.6 * chest, 0.6 * chest));
        put(SmplJoint.NECK, Strain.flesh(0.095, 0, 0.095));
        put(SmplJoint.HEAD, Strain.flesh(0.010, 0, 0.008));
        double upperArm = 0.79 * measure("biceps_circumference_flexed").relativeDeviation();
        double forearm = 0.77 * measure("forearm_circumference_flexed").relativeDeviation();
        pair(SmplJoint.LEFT_SHOULDER, Strain.flesh(0, upperArm, upperArm));
        pair(SmplJoint.LEFT_ELBOW, Strain.flesh(0, forearm, forearm));
        pair(SmplJoint.LEFT_WRIST, Strain.flesh(0, 0.030, 0.020));
        pair(SmplJoint.LEFT_HAND, Strain.flesh(0, 0.030, 0.020));
        double thigh = 0.78 * measure("thigh_circumference").relativeDeviation();
        double calf = 0.75 * measure("calf_circumference").relativeDeviation();
        pair(SmplJoint.LEFT_HIP, Strain.flesh(thigh, 0, thigh));
        pair(SmplJoint.LEFT_KNEE, Strain.flesh(calf, 0, calf));
        pair(SmplJoint.LEFT_ANKLE, Strain.flesh(0.03, 0, 0.015));
        pair(SmplJoint.LEFT_FOOT, Strain.flesh(0.03, 0, 0.015));
    }

    private void legLength() {
        double crotch = measure("crotch_height").mean();
        double left = remaining(measure("crotch_height").deviation(), PER_STATURE * crotch);
        legs(Strain.both(0, left / crotch, 0));
    }

    private void shoulderBreadth() {
        double breadth = measure("biacromial_breadth").mean();
        double strain = remaining(measure("biacromial_breadth").deviation(), PER_STATURE * breadth) / breadth;
        // The joints lie inside the acromia, so the same millimetres are more of their distance.
        double joint = strain * 0.5 * breadth / 0.170;
        put(SmplJoint.SPINE3, new Strain(new double[] {joint, 0, 0}, new double[] {0.7 * strain, 0, 0}));
        put(SmplJoint.SPINE2, Strain.flesh(0.3 * strain, 0, 0));
        pair(SmplJoint.LEFT_COLLAR, Strain.both(joint, 0, 0));
    }

    private void hipBreadth() {
        double breadth = measure("hip_breadth").mean();
        double girth = 0.80 * 0.83 * measure("buttock_circumference").relativeDeviation() * breadth;
        double left = remaining(measure("hip_breadth").deviation(), ACROSS_PER_STATURE * breadth, girth);
        double joint = 0.5 * left / 0.090;
        put(SmplJoint.PELVIS, new Strain(new double[] {joint, 0, 0}, new double[] {left / breadth, 0, 0}));
        put(SmplJoint.SPINE1, Strain.flesh(0.4 * left / breadth, 0, 0));
    }

    private void armLength() {
        double upper = measure("acromion_radiale_length").mean();
        double fore = measure("radiale_stylion_length").mean();
        double upperLeft = remaining(measure("acromion_radiale_length").deviation(), PER_STATURE * upper);
        double foreLeft = remaining(measure("radiale_stylion_length").deviation(), PER_STATURE * fore);
        pair(SmplJoint.LEFT_SHOULDER, Strain.both(upperLeft / 0.268, 0, 0));
        pair(SmplJoint.LEFT_ELBOW, Strain.both(foreLeft / 0.250, 0, 0));
    }

    private void chestDepth() {
        double total = measure("chest_depth").relativeDeviation();
        double girth = 0.84 * measure("chest_circumference").relativeDeviation();
        double left = remaining(total, ACROSS_PER_STATURE, girth);
        put(SmplJoint.SPINE3, Strain.flesh(0, 0, left));
        put(SmplJoint.SPINE2, Strain.flesh(0, 0, left));
        pair(SmplJoint.LEFT_COLLAR, Strain.flesh(0, 0, 0.5 * left));
    }

    private void waistDepth() {
        double total = measure("waist_depth").relativeDeviation();
        double girth = 0.92 * measure("waist_circumference").relativeDeviation();
        double left = remaining(total, ACROSS_PER_STATURE, girth);
        put(SmplJoint.SPINE1, Strain.flesh(0, 0, left));
        put(SmplJoint.PELVIS, Strain.flesh(0, 0, 0.3 * left));
        put(SmplJoint.SPINE2, Strain.flesh(0, 0, 0.4 * left));
    }

    private void limbGirth() {
        pair(SmplJoint.LEFT_SHOULDER, Strain.flesh(0, 0.070, 0.070));
        pair(SmplJoint.LEFT_ELBOW, Strain.flesh(0, 0.062, 0.062));
        pair(SmplJoint.LEFT_WRIST, Strain.flesh(0, 0.030, 0.015));
        pair(SmplJoint.LEFT_HIP, Strain.flesh(0.050, 0, 0.050));
        pair(SmplJoint.LEFT_KNEE, Strain.flesh(0.045, 0, 0.045));
        pair(SmplJoint.LEFT_ANKLE, Strain.flesh(0.020, 0, 0.010));
    }

    private void headAndHandSize() {
        double head = remaining(measure("head_circumference").relativeDeviation(), HEAD_PER_STATURE, 0.009);
        double hand = remaining(measure("hand_length").relativeDeviation(), PER_STATURE);
        double foot = remaining(measure("foot_length").relativeDeviation(), PER_STATURE);
        put(SmplJoint.HEAD, Strain.both(head, head, head));
        put(SmplJoint.NECK, Strain.flesh(0.3 * head, 0, 0.3 * head));
        pair(SmplJoint.LEFT_WRIST, Strain.both(hand, hand, hand));
        pair(SmplJoint.LEFT_HAND, Strain.both(hand, hand, hand));
        pair(SmplJoint.LEFT_ANKLE, Strain.both(foot, 0, foot));
        pair(SmplJoint.LEFT_FOOT, Strain.both(foot, 0, foot));
    }

    /** What is left of a deviation when independent shares are taken out of its variance. */
    private static double remaining(double deviation, double... shares) {
        double variance = deviation * deviation;
        for (double share : shares) {
            variance -= share * share;
        }
        return Math.sqrt(variance);
    }

    private void trunk(Strain strain) {
        put(SmplJoint.PELVIS, strain);
        put(SmplJoint.SPINE1, strain);
        put(SmplJoint.SPINE2, strain);
        put(SmplJoint.SPINE3, strain);
    }

    private void arms(Strain strain) {
        pair(SmplJoint.LEFT_SHOULDER, strain);
        pair(SmplJoint.LEFT_ELBOW, strain);
    }

    private void legs(Strain strain) {
        pair(SmplJoint.LEFT_HIP, strain);
        pair(SmplJoint.LEFT_KNEE, strain);
    }

    private void pair(SmplJoint left, Strain strain) {
        put(left, strain);
        put(left.mirrored(), strain);
    }

    private void put(SmplJoint joint, Strain strain) {
        strains.merge(joint, strain, Strain::plus);
    }
}

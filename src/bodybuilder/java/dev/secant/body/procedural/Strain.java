package dev.secant.body.procedural;

/**
 * How one beta stretches one body part, a unit of beta: relative growth along x, y and z.
 *
 * @param bone of the distance to the next joint
 * @param flesh of the surface about the bone
 */
record Strain(double[] bone, double[] flesh) {

    static final Strain NONE = new Strain(new double[3], new double[3]);

    static Strain both(double x, double y, double z) {
        return new Strain(new double[] {x, y, z}, new double[] {x, y, z});
    }

    static Strain flesh(double x, double y, double z) {
        return new Strain(new double[3], new double[] {x, y, z});
    }

    static Strain bone(double x, double y, double z) {
        return new Strain(new double[] {x, y, z}, new double[3]);
    }

    Strain plus(Strain other) {
        return new Strain(sum(bone, other.bone, 1), sum(flesh, other.flesh, 1));
    }

    Strain times(double factor) {
        return new Strain(sum(new double[3], bone, factor), sum(new double[3], flesh, factor));
    }

    private static double[] sum(double[] a, double[] b, double factor) {
        return new double[] {a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]};
    }
}

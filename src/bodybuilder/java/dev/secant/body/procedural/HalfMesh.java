package dev.secant.body.procedural;

/**
 * The left half (x >= 0) of a mirror-symmetric surface: vertices on the cut have x = 0 exactly.
 *
 * @param vertices {@code [V][3]}
 * @param faces counter-clockwise seen from outside, {@code [F][3]}
 */
record HalfMesh(double[][] vertices, int[][] faces) {

    /** Whether a vertex lies on the cut. */
    static boolean onCut(double[] vertex) {
        return vertex[0] == 0;
    }
}

package dev.secant.body;

/**
 * The joint tree.
 *
 * @param parents the parent of each joint, {@code [J]}; -1 for the root; a parent always precedes its children
 * @param joints rest joints of the mean shape in metres, {@code [J, 3]}
 * @param shapeDirections metres a unit of beta, {@code [J, 3, S]}: joints are linear in the shape
 */
public record Skeleton(int[] parents, float[] joints, float[] shapeDirections) {

    /** S. */
    public int shapeCount() {
        return shapeDirections.length / joints.length;
    }

    /**
     * Where a joint is in rest.
     *
     * @param betas {@code [S]}
     * @return metres, {@code [3]}
     */
    public float[] rest(int joint, float[] betas) {
        int shapes = shapeCount();
        float[] place = new float[3];
        for (int i = 0; i < 3; i++) {
            int row = 3 * joint + i;
            place[i] = joints[row];
            for (int s = 0; s < shapes; s++) {
                place[i] += shapeDirections[row * shapes + s] * betas[s];
            }
        }
        return place;
    }
}

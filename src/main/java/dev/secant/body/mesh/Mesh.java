package dev.secant.body.mesh;

/**
 * A surface to be written or drawn.
 *
 * @param name what files call it
 * @param vertices {@code [V, 3]}, metres
 * @param faces counter-clockwise seen from outside, {@code [F, 3]}
 */
public record Mesh(String name, float[] vertices, int[] faces) {

    public Mesh {
        if (vertices.length % 3 != 0 || faces.length % 3 != 0) {
            throw new IllegalArgumentException(
                    "The mesh '%s' has %d coordinates and %d corners; expected multiples of 3."
                            .formatted(name, vertices.length, faces.length));
        }
        for (float coordinate : vertices) {
            if (!Float.isFinite(coordinate)) {
                throw new IllegalArgumentException(
                        "The mesh '%s' holds the coordinate %s.".formatted(name, coordinate));
            }
        }
    }

    /**
     * A mesh of a camera's space, y down and z away from it, in the space of mesh files: y up and z towards the camera (glTF's cameras look
     * along -z).
     *
     * @param vertices in camera space, {@code [V, 3]}, metres; not modified
     */
    public static Mesh ofCameraSpace(String name, float[] vertices, int[] faces) {
        float[] turned = vertices.clone();
        for (int i = 0; i < turned.length; i += 3) {
            turned[i + 1] = -turned[i + 1];
            turned[i + 2] = -turned[i + 2];
        }
        return new Mesh(name, turned, faces);
    }

    /** V. */
    public int vertexCount() {
        return vertices.length / 3;
    }

    /** F. */
    public int faceCount() {
        return faces.length / 3;
    }
}

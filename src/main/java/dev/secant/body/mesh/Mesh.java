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

    /** V. */
    public int vertexCount() {
        return vertices.length / 3;
    }

    /** F. */
    public int faceCount() {
        return faces.length / 3;
    }
}

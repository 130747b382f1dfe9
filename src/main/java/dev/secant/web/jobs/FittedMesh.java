package dev.secant.web.jobs;

import dev.secant.body.BodyModel;
import dev.secant.body.mesh.Mesh;

/** Meshes of fitted bodies, in the one frame that all files of them use. */
public final class FittedMesh {

    private FittedMesh() {}

    /**
     * A mesh with y up and the camera at the origin looking along -z, as glTF has it: camera space rotated by 180 degrees about x.
     *
     * @param vertices in camera space (x right, y down, z forward), metres, {@code [3 V]}; they are changed
     */
    public static Mesh of(String name, float[] vertices, BodyModel body) {
        for (int i = 0; i < vertices.length; i += 3) {
            vertices[i + 1] = -vertices[i + 1];
            vertices[i + 2] = -vertices[i + 2];
        }
        return new Mesh(name, vertices, body.faces());
    }
}

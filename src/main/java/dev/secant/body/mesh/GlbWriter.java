package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * glTF 2.0 binary ({@code .glb}): positions, smooth normals, 32-bit indices, one node a mesh under one root. glTF's world is
 * ours: metres, y up, right-handed.
 */
public final class GlbWriter {

    private GlbWriter() {}

    /** Streams the meshes; leaves the stream open. */
    public static void write(List<Mesh> meshes, OutputStream out) throws IOException {
        GltfDocument document = new GltfDocument();
        List<Integer> children = new ArrayList<>();
        for (Mesh mesh : meshes) {
            String name = GltfDocument.quoted(mesh.name());
            int number =
                    document.addMesh(("{\"name\":%s,\"primitives\":[{\"attributes\":{\"POSITION\":%d,\"NORMAL\":%d},"
                                    + "\"indices\":%d,\"material\":0}]}")
                            .formatted(
                                    name,
                                    document.positions(mesh.vertices()),
                                    document.normals(mesh.vertices(), mesh.faces()),
                                    document.indices(mesh.faces())));
            children.add(document.addNode("{\"name\":%s,\"mesh\":%d}".formatted(name, number)));
        }
        int root = document.addNode("{\"name\":\"secant\",\"children\":%s}".formatted(children));
        document.write(List.of(root), out);
    }
}

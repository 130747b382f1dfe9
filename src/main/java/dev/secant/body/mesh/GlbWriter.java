package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

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
            int number = document.addMesh(
                    mesh.name(),
                    GltfDocument.object()
                            .put("POSITION", document.positions(mesh.vertices()))
                            .put("NORMAL", document.normals(mesh.vertices(), mesh.faces())),
                    document.indices(mesh.faces()));
            children.add(document.addNode(
                    GltfDocument.object().put("name", mesh.name()).put("mesh", number)));
        }
        ObjectNode world = GltfDocument.object().put("name", "secant");
        world.set("children", GltfDocument.numbers(children));
        int root = document.addNode(world);
        document.write(List.of(root), out);
    }
}

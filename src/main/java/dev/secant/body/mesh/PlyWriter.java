package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Binary little-endian PLY with vertex normals; several meshes become one element list. */
public final class PlyWriter {

    private PlyWriter() {}

    /** Streams the meshes; leaves the stream open. */
    public static void write(List<Mesh> meshes, OutputStream out) throws IOException {
        int vertices = meshes.stream().mapToInt(Mesh::vertexCount).sum();
        int faces = meshes.stream().mapToInt(Mesh::faceCount).sum();
        String header =
                """
                ply
                format binary_little_endian 1.0
                comment Secant; metres, y up
                element vertex %d
                property float x
                property float y
                property float z
                property float nx
                property float ny
                property float nz
                element face %d
                property list uchar int vertex_indices
                end_header
                """
                        .formatted(vertices, faces);
        LittleEndianOutput bytes = new LittleEndianOutput(out);
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        for (Mesh mesh : meshes) {
            float[] normals = MeshNormals.of(mesh.vertices(), mesh.faces());
            for (int v = 0; v < normals.length; v += 3) {
                for (int c = 0; c < 3; c++) {
                    bytes.writeFloat(mesh.vertices()[v + c]);
                }
                for (int c = 0; c < 3; c++) {
                    bytes.writeFloat(normals[v + c]);
                }
            }
        }
        int first = 0;
        for (Mesh mesh : meshes) {
            for (int f = 0; f < mesh.faces().length; f += 3) {
                bytes.writeByte(3);
                for (int c = 0; c < 3; c++) {
                    bytes.writeInt(first + mesh.faces()[f + c]);
                }
            }
            first += mesh.vertexCount();
        }
        bytes.flush();
        out.flush();
    }
}

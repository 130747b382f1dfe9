package dev.secant.body.mesh;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Wavefront OBJ with vertex normals, one object a mesh, lengths to the micrometre. */
public final class ObjWriter {

    private static final int DECIMALS = 6;

    private ObjWriter() {}

    /** Streams the meshes; leaves the stream open. */
    public static void write(List<Mesh> meshes, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write("# Secant; metres, y up\n");
        int first = 1;
        for (Mesh mesh : meshes) {
            text.write("o " + mesh.name().replaceAll("\\s+", "_") + "\n");
            writeRows(text, "v", mesh.vertices());
            writeRows(text, "vn", MeshNormals.of(mesh.vertices(), mesh.faces()));
            for (int f = 0; f < mesh.faces().length; f += 3) {
                text.write("f");
                for (int c = 0; c < 3; c++) {
                    int index = first + mesh.faces()[f + c];
                    text.write(" " + index + "//" + index);
                }
                text.write("\n");
            }
            first += mesh.vertexCount();
        }
        text.flush();
    }

    private static void writeRows(Writer text, String keyword, float[] values) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.length; i += 3) {
            line.setLength(0);
            line.append(keyword);
            for (int c = 0; c < 3; c++) {
                append(line.append(' '), values[i + c]);
            }
            text.append(line.append('\n'));
        }
    }

    /** Fixed point, whatever the locale, and much faster than a formatter. */
    private static void append(StringBuilder line, float value) {
        long micro = Math.round(value * 1e6);
        if (micro < 0) {
            line.append('-');
            micro = -micro;
        }
        line.append(micro / 1_000_000).append('.');
        String fraction = Long.toString(micro % 1_000_000);
        line.append("0".repeat(DECIMALS - fraction.length())).append(fraction);
    }
}

package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A glTF 2.0 asset in the making, written as one binary {@code .glb}: the JSON parts are collected, the arrays are streamed
 * when it is written.
 */
final class GltfDocument {

    static final int FLOAT = 5126;
    static final int UNSIGNED_INT = 5125;
    static final int UNSIGNED_BYTE = 5121;
    static final int ARRAY_BUFFER = 34962;
    static final int ELEMENT_ARRAY_BUFFER = 34963;

    /** For arrays that are no vertex data: the field is left out. */
    static final int NO_TARGET = 0;

    private static final int MAGIC = 0x46546C67;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int BINARY_CHUNK = 0x004E4942;
    private static final int VERSION = 2;
    private static final int ALIGNMENT = 4;

    private final List<String> views = new ArrayList<>();
    private final List<String> accessors = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> meshes = new ArrayList<>();
    private final List<String> skins = new ArrayList<>();
    private final List<String> animations = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();
    private long binaryLength;

    /** Writes the bytes of one array. */
    @FunctionalInterface
    interface Payload {
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    /**
     * Adds an array of its own buffer view.
     *
     * @param type glTF's: SCALAR, VEC3, ...
     * @param elementBytes bytes an element; a multiple of four
     * @param bounds {@code ,"min":[..],"max":[..]} or empty
     * @return the accessor's number
     */
    int array(int componentType, String type, int count, int elementBytes, int target, String bounds, Payload payload) {
        long length = (long) count * elementBytes;
        String targetField = target == NO_TARGET ? "" : ",\"target\":" + target;
        views.add("{\"buffer\":0,\"byteOffset\":%d,\"byteLength\":%d%s}".formatted(binaryLength, length, targetField));
        binaryLength += length;
        payloads.add(payload);
        accessors.add("{\"bufferView\":%d,\"componentType\":%d,\"count\":%d,\"type\":\"%s\"%s}"
                .formatted(views.size() - 1, componentType, count, type, bounds));
        return accessors.size() - 1;
    }

    int addNode(String json) {
        nodes.add(json);
        return nodes.size() - 1;
    }

    int addMesh(String json) {
        meshes.add(json);
        return meshes.size() - 1;
    }

    int addSkin(String json) {
        skins.add(json);
        return skins.size() - 1;
    }

    void addAnimation(String json) {
        animations.add(json);
    }

    /** Positions with their bounds, as glTF demands. */
    int positions(float[] vertices) {
        return array(
                FLOAT,
                "VEC3",
                vertices.length / 3,
                12,
                ARRAY_BUFFER,
                bounds(vertices),
                out -> out.writeFloats(vertices));
    }

    int normals(float[] vertices, int[] faces) {
        float[] normals = MeshNormals.of(vertices, faces);
        return array(FLOAT, "VEC3", vertices.length / 3, 12, ARRAY_BUFFER, "", out -> out.writeFloats(normals));
    }

    int indices(int[] faces) {
        return array(UNSIGNED_INT, "SCALAR", faces.length, 4, ELEMENT_ARRAY_BUFFER, "", out -> out.writeInts(faces));
    }

    /** @param roots nodes of the scene */
    void write(List<Integer> roots, OutputStream out) throws IOException {
        byte[] json = pad(json(roots).getBytes(StandardCharsets.UTF_8));
        long total = 12 + 8 + json.length + 8 + binaryLength;
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The mesh needs %d bytes, more than a .glb may have.".formatted(total));
        }
        LittleEndianOutput bytes = new LittleEndianOutput(out);
        bytes.writeInt(MAGIC);
        bytes.writeInt(VERSION);
        bytes.writeInt((int) total);
        bytes.writeInt(json.length);
        bytes.writeInt(JSON_CHUNK);
        bytes.writeBytes(json);
        bytes.writeInt((int) binaryLength);
        bytes.writeInt(BINARY_CHUNK);
        for (Payload payload : payloads) {
            payload.writeTo(bytes);
        }
        bytes.flush();
        out.flush();
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    static String triple(float[] values, int at) {
        return "[" + values[at] + "," + values[at + 1] + "," + values[at + 2] + "]";
    }

    private static String bounds(float[] vertices) {
        float[] low = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        float[] high = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int i = 0; i < vertices.length; i++) {
            low[i % 3] = Math.min(low[i % 3], vertices[i]);
            high[i % 3] = Math.max(high[i % 3], vertices[i]);
        }
        return ",\"min\":" + triple(low, 0) + ",\"max\":" + triple(high, 0);
    }

    private String json(List<Integer> roots) {
        StringBuilder json = new StringBuilder("{\"asset\":{\"version\":\"2.0\",\"generator\":\"Secant\"}");
        json.append(",\"scene\":0,\"scenes\":[{\"nodes\":").append(roots).append("}]");
        json.append(",\"materials\":[{\"name\":\"body\",\"pbrMetallicRoughness\":{")
                .append("\"baseColorFactor\":[0.62,0.72,0.82,1.0],\"metallicFactor\":0.0,\"roughnessFactor\":0.75}}]");
        append(json, "nodes", nodes);
        append(json, "meshes", meshes);
        append(json, "skins", skins);
        append(json, "animations", animations);
        append(json, "accessors", accessors);
        append(json, "bufferViews", views);
        return json.append(",\"buffers\":[{\"byteLength\":")
                .append(binaryLength)
                .append("}]}")
                .toString();
    }

    private static void append(StringBuilder json, String key, List<String> parts) {
        if (!parts.isEmpty()) {
            json.append(",\"")
                    .append(key)
                    .append("\":[")
                    .append(String.join(",", parts))
                    .append("]");
        }
    }

    private static byte[] pad(byte[] json) {
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}

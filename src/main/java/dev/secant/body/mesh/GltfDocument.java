package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    private final ArrayNode views = list();
    private final ArrayNode accessors = list();
    private final ArrayNode nodes = list();
    private final ArrayNode meshes = list();
    private final ArrayNode skins = list();
    private final ArrayNode animations = list();
    private final List<Payload> payloads = new ArrayList<>();
    private long binaryLength;

    /** Writes the bytes of one array. */
    @FunctionalInterface
    interface Payload {
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    /** A JSON object to fill. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A JSON array to fill. */
    static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Three numbers as a JSON array. */
    static ArrayNode triple(float[] values, int at) {
        return list().add(values[at]).add(values[at + 1]).add(values[at + 2]);
    }

    /** Numbers of nodes, meshes, ... as a JSON array. */
    static ArrayNode numbers(Iterable<Integer> numbers) {
        ArrayNode list = list();
        numbers.forEach(list::add);
        return list;
    }

    /**
     * Adds an array of its own buffer view.
     *
     * @param type glTF's: SCALAR, VEC3, ...
     * @param elementBytes bytes an element; a multiple of four
     * @return the accessor's number
     */
    int array(int componentType, String type, int count, int elementBytes, int target, Payload payload) {
        long length = (long) count * elementBytes;
        ObjectNode view = views.addObject()
                .put("buffer", 0)
                .put("byteOffset", binaryLength)
                .put("byteLength", length);
        if (target != NO_TARGET) {
            view.put("target", target);
        }
        binaryLength += length;
        payloads.add(payload);
        accessors
                .addObject()
                .put("bufferView", views.size() - 1)
                .put("componentType", componentType)
                .put("count", count)
                .put("type", type);
        return accessors.size() - 1;
    }

    /** Says between which numbers the components of an array lie. */
    void bound(int accessor, ArrayNode least, ArrayNode largest) {
        ((ObjectNode) accessors.get(accessor)).set("min", least).set("max", largest);
    }

    int addNode(ObjectNode node) {
        return add(nodes, node);
    }

    /**
     * Adds a mesh of one primitive in the body's material.
     *
     * @param attributes POSITION, NORMAL, ... with their accessors
     * @param indices their accessor
     */
    int addMesh(String name, ObjectNode attributes, int indices) {
        ObjectNode mesh = object().put("name", name);
        mesh.putArray("primitives")
                .addObject()
                .put("indices", indices)
                .put("material", 0)
                .set("attributes", attributes);
        return add(meshes, mesh);
    }

    int addSkin(ObjectNode skin) {
        return add(skins, skin);
    }

    void addAnimation(ObjectNode animation) {
        animations.add(animation);
    }

    private static int add(ArrayNode list, ObjectNode element) {
        list.add(element);
        return list.size() - 1;
    }

    /** Positions with their bounds, as glTF demands. */
    int positions(float[] vertices) {
        int accessor = array(FLOAT, "VEC3", vertices.length / 3, 12, ARRAY_BUFFER, out -> out.writeFloats(vertices));
        float[] least = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        float[] largest = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int i = 0; i < vertices.length; i++) {
            least[i % 3] = Math.min(least[i % 3], vertices[i]);
            largest[i % 3] = Math.max(largest[i % 3], vertices[i]);
        }
        bound(accessor, triple(least, 0), triple(largest, 0));
        return accessor;
    }

    int normals(float[] vertices, int[] faces) {
        float[] normals = MeshNormals.of(vertices, faces);
        return array(FLOAT, "VEC3", vertices.length / 3, 12, ARRAY_BUFFER, out -> out.writeFloats(normals));
    }

    int indices(int[] faces) {
        return array(UNSIGNED_INT, "SCALAR", faces.length, 4, ELEMENT_ARRAY_BUFFER, out -> out.writeInts(faces));
    }

    /** @param roots nodes of the scene */
    void write(List<Integer> roots, OutputStream out) throws IOException {
        byte[] json = pad(JsonMapper.shared().writeValueAsBytes(json(roots)));
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

    private ObjectNode json(List<Integer> roots) {
        ObjectNode json = object();
        json.putObject("asset").put("version", "2.0").put("generator", "Secant");
        json.put("scene", 0).putArray("scenes").addObject().set("nodes", numbers(roots));
        json.putArray("materials")
                .addObject()
                .put("name", "body")
                .putObject("pbrMetallicRoughness")
                .put("metallicFactor", 0.0)
                .put("roughnessFactor", 0.75)
                .set("baseColorFactor", list().add(0.62).add(0.72).add(0.82).add(1.0));
        // glTF forbids empty lists.
        put(json, "nodes", nodes);
        put(json, "meshes", meshes);
        put(json, "skins", skins);
        put(json, "animations", animations);
        put(json, "accessors", accessors);
        put(json, "bufferViews", views);
        json.putArray("buffers").addObject().put("byteLength", binaryLength);
        return json;
    }

    private static void put(ObjectNode json, String key, ArrayNode list) {
        if (!list.isEmpty()) {
            json.set(key, list);
        }
    }

    private static byte[] pad(byte[] json) {
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}

package dev.secant.tensor;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named tensors in the safetensors format: an 8-byte little-endian header length, a JSON header, the raw data.
 *
 * <p>Writes F32 or F16; reads F16, F32 and F64 (rounded to float32).
 *
 * @param metadata the header's {@code __metadata__} strings
 * @param tensors the tensors by name, in file order
 * @param half whether they are written as F16: half the size, three digits; what was read stays as it was
 */
public record SafeTensors(Map<String, String> metadata, Map<String, FloatTensor> tensors, boolean half) {

    private static final int MAX_HEADER_BYTES = 100_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    public SafeTensors {
        metadata = Map.copyOf(metadata);
        tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Tensors that are written as F32. */
    public SafeTensors(Map<String, String> metadata, Map<String, FloatTensor> tensors) {
        this(metadata, tensors, false);
    }

    /** The same tensors, to be written as F16. */
    public SafeTensors asHalf() {
        return new SafeTensors(metadata, tensors, true);
    }

    /** Writes the file; the same tensors always give the same bytes. */
    public void write(OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode meta = header.putObject("__metadata__");
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> meta.put(entry.getKey(), entry.getValue()));
        }
        long offset = 0;
        for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
            FloatTensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", half ? "F16" : "F32");
            ArrayNode shape = node.putArray("shape");
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            node.putArray("data_offsets").add(offset).add(offset += (half ? 2L : 4L) * tensor.values().length);
        }
        byte[] json = JSON.writeValueAsBytes(header);
        // The format asks for data aligned to 8 bytes; spaces may follow the JSON.
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer start = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(json);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        out.write(start.array());
        for (FloatTensor tensor : tensors.values()) {
            ByteBuffer data =
                    ByteBuffer.allocate((half ? 2 : 4) * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor.values()) {
                if (half) {
                    data.putShort(HalfFloats.of(value));
                } else {
                    data.putFloat(value);
                }
            }
            out.write(data.array());
        }
        out.flush();
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the bytes are not a whole, well-formed safetensors file of floats
     */
    public static SafeTensors read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            long length = Long.reverseBytes(data.readLong());
            if (length < 2 || length > MAX_HEADER_BYTES) {
                throw new IOException("Not a safetensors file: its header length is %d.".formatted(length));
            }
            byte[] json = data.readNBytes((int) length);
            if (json.length < length) {
                throw new EOFException();
            }
            JsonNode header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            byte[] body = data.readAllBytes();
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, FloatTensor> tensors = new LinkedHashMap<>();
            boolean half = false;
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (entry.getKey().equals("__metadata__")) {
                    entry.getValue()
                            .properties()
                            .forEach(item ->
                                    metadata.put(item.getKey(), item.getValue().asString()));
                } else {
                    half |= entry.getValue().path("dtype").asString("").equals("F16");
                    tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), body));
                }
            }
            return new SafeTensors(metadata, tensors, half);
        } catch (EOFException e) {
            throw new IOException("The safetensors file is cut off.", e);
        } catch (JacksonException e) {
            throw new IOException("The safetensors header is not JSON.", e);
        }
    }

    private static FloatTensor tensor(String name, JsonNode node, byte[] body) throws IOException {
        String type = node.path("dtype").asString("");
        int width =
                switch (type) {
                    case "F16" -> 2;
                    case "F32" -> 4;
                    case "F64" -> 8;
                    default ->
                        throw new IOException(
                                "The tensor (%s) has the type (%s), not F16, F32 or F64.".formatted(name, type));
                };
        long[] shape = new long[node.path("shape").size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = node.path("shape").path(i).asLong(-1);
            size = shape[i] < 0 || shape[i] > body.length ? -1 : size * shape[i];
            if (size < 0 || size > body.length) {
                throw new IOException(
                        "The tensor (%s) has an impossible shape %s.".formatted(name, node.path("shape")));
            }
        }
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to > body.length || to - from != size * width) {
            throw new IOException("The tensor (%s) does not lie within the file.".formatted(name));
        }
        ByteBuffer bytes = ByteBuffer.wrap(body, (int) from, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (width) {
                case 2 -> HalfFloats.toFloat(bytes.getShort());
                case 4 -> bytes.getFloat();
                default -> (float) bytes.getDouble();
            };
        }
        return new FloatTensor(shape, values);
    }
}

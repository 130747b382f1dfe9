package dev.secant.body;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of a body: SHA-256 over its arrays, little-endian, in the order of the record's components, and over its
 * landmarks in the order of their names. The model's name is left out: a renamed body is the same body.
 */
public final class ModelDigest {

    private final MessageDigest digest;

    private ModelDigest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The same model with its digest filled in. */
    public static BodyModel sign(BodyModel model) {
        return new BodyModel(
                model.name(),
                of(model),
                model.template(),
                model.shapeDirections(),
                model.poseDirections(),
                model.faces(),
                model.skeleton(),
                model.skin(),
                model.landmarks());
    }

    /** Hexadecimal. */
    public static String of(BodyModel model) {
        ModelDigest digest = new ModelDigest();
        digest.add(model.template());
        digest.add(model.shapeDirections());
        digest.add(model.poseDirections());
        digest.add(model.faces());
        digest.add(model.skeleton().parents());
        digest.add(model.skeleton().joints());
        digest.add(model.skeleton().shapeDirections());
        digest.add(model.skin().joints());
        digest.add(model.skin().weights());
        for (Map.Entry<String, Landmark> landmark : new TreeMap<>(model.landmarks()).entrySet()) {
            digest.digest.update(landmark.getKey().getBytes(StandardCharsets.UTF_8));
            digest.add(landmark.getValue().vertices());
            digest.add(landmark.getValue().weights());
        }
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        digest.update(bytes.array());
    }

    private void add(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Integer.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        digest.update(bytes.array());
    }
}

package dev.secant.body;

import dev.secant.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of a body: SHA-256 over its arrays, little-endian, in the order of the record's components, and over its
 * landmarks in the order of their names. The model's name is left out: a renamed body is the same body.
 */
public final class ModelDigest {

    private final Sha256 digest = new Sha256();

    private ModelDigest() {}

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
            digest.digest.add(landmark.getKey());
            digest.add(landmark.getValue().vertices());
            digest.add(landmark.getValue().weights());
        }
        return digest.digest.hex();
    }

    private void add(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        digest.add(bytes.array());
    }

    private void add(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Integer.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        digest.add(bytes.array());
    }
}

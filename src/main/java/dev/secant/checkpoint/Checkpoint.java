package dev.secant.checkpoint;

import dev.secant.io.AtomicFile;
import dev.secant.io.Sha256;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Weights and what they are.
 *
 * @param manifest describes and checksums the weights
 * @param weights the tensors by name
 */
public record Checkpoint(CheckpointManifest manifest, SafeTensors weights) {

    /** The manifest's file name. */
    public static final String MANIFEST_FILE = "manifest.json";

    /** The weights' file name. */
    public static final String WEIGHTS_FILE = "weights.safetensors";

    /** {@code name@version}. */
    public String id() {
        return manifest.id();
    }

    /**
     * A weight tensor.
     *
     * @throws CheckpointException if there is none of this name
     */
    public FloatTensor tensor(String name) {
        FloatTensor tensor = weights.tensors().get(name);
        if (tensor == null) {
            throw new CheckpointException("The checkpoint (%s) has no tensor (%s).".formatted(id(), name));
        }
        return tensor;
    }

    /** Puts a manifest on weights: its checksum is computed, whatever it was. */
    public static Checkpoint seal(CheckpointManifest manifest, SafeTensors weights) {
        return new Checkpoint(manifest.withWeightsSha256(Sha256.of(bytes(weights))), weights);
    }

    /**
     * Reads a checkpoint from the bytes of its two files.
     *
     * @throws CheckpointException if the checksum or a file is wrong, or a weight is not finite
     */
    public static Checkpoint read(byte[] manifestJson, byte[] weightBytes) {
        CheckpointManifest manifest = CheckpointManifest.fromJson(manifestJson);
        String found = Sha256.of(weightBytes);
        if (!found.equals(manifest.weightsSha256())) {
            throw new CheckpointException(
                    "The weights of the checkpoint (%s) have the SHA-256 (%s), but its manifest says (%s).%nMaybe the file was cut off or belongs to another version."
                            .formatted(manifest.id(), found, manifest.weightsSha256()));
        }
        try {
            SafeTensors weights = SafeTensors.read(new ByteArrayInputStream(weightBytes));
            requireFinite(manifest, weights.tensors());
            return new Checkpoint(manifest, weights);
        } catch (IOException e) {
            throw new CheckpointException(
                    "The weights of the checkpoint (%s) are not readable: %s".formatted(manifest.id(), e.getMessage()),
                    e);
        }
    }

    /** Reads a checkpoint's folder. */
    public static Checkpoint read(Path folder) {
        try {
            return read(
                    Files.readAllBytes(folder.resolve(MANIFEST_FILE)),
                    Files.readAllBytes(folder.resolve(WEIGHTS_FILE)));
        } catch (IOException e) {
            throw new CheckpointException(
                    "The checkpoint folder (%s) lacks a readable %s or %s."
                            .formatted(folder, MANIFEST_FILE, WEIGHTS_FILE),
                    e);
        }
    }

    /**
     * Writes {@code directory/NAME/VERSION}; weights first, so that a reader in between finds a checksum that doesn't
     * match rather than half a file that does.
     *
     * @return the folder
     */
    public Path write(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(manifest.name()).resolve(manifest.version()));
        AtomicFile.write(folder.resolve(WEIGHTS_FILE), weights::write);
        AtomicFile.write(folder.resolve(MANIFEST_FILE), out -> out.write(manifest.toJson()));
        return folder;
    }

    private static byte[] bytes(SafeTensors weights) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            weights.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("A byte array took no bytes.", e);
        }
        return out.toByteArray();
    }

    private static void requireFinite(CheckpointManifest manifest, Map<String, FloatTensor> tensors) {
        tensors.forEach((name, tensor) -> {
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    throw new CheckpointException("The tensor (%s) of the checkpoint (%s) holds the value (%s)."
                            .formatted(name, manifest.id(), value));
                }
            }
        });
    }
}

package dev.secant.checkpoint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a checkpoint is and where it came from; {@code manifest.json}.
 *
 * @param name lower-case words joined by hyphens, for example {@code general}
 * @param version see {@link CheckpointVersion}
 * @param preset which method reads the weights: {@code as-released}, {@code as-written}, {@code secant},
 *     {@code body-fit}, ...
 * @param settings the method's settings, by name
 * @param weightsSha256 of {@code weights.safetensors}, lower-case hexadecimal
 * @param command the command that trained it
 * @param seed the seed it was trained with
 * @param dataDigests SHA-256 of the data it was trained on, by name; empty where the data are generated from the seed
 * @param metrics what was measured on its validation set, by name, units in the name
 * @param licence of the weights, an SPDX identifier
 * @param acknowledgements papers, data sets and people
 */
public record CheckpointManifest(
        String name,
        String version,
        String preset,
        Map<String, Object> settings,
        String weightsSha256,
        String command,
        long seed,
        Map<String, String> dataDigests,
        Map<String, Double> metrics,
        String licence,
        List<String> acknowledgements) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public CheckpointManifest {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new CheckpointException(
                    "The name (%s) of a checkpoint must be lower-case words joined by hyphens.".formatted(name));
        }
        if (version == null || preset == null || weightsSha256 == null) {
            throw new CheckpointException(
                    "The manifest of the checkpoint (%s) lacks its version, preset or weightsSha256.".formatted(name));
        }
        CheckpointVersion.parse(version);
        settings = sorted(settings);
        dataDigests = sorted(dataDigests);
        metrics = sorted(metrics);
        command = command == null ? "" : command;
        licence = licence == null ? "" : licence;
        acknowledgements = acknowledgements == null ? List.of() : List.copyOf(acknowledgements);
    }

    // Sorted, so that the same manifest always gives the same file.
    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** {@code name@version}. */
    public String id() {
        return name + "@" + version;
    }

    /**
     * A numeric setting.
     *
     * @throws CheckpointException if it is missing or not a number
     */
    public double number(String setting) {
        if (settings.get(setting) instanceof Number number) {
            return number.doubleValue();
        }
        throw new CheckpointException("The setting (%s) of the checkpoint (%s) must be a number, not (%s)."
                .formatted(setting, id(), settings.get(setting)));
    }

    /** The same manifest for other weights. */
    CheckpointManifest withWeightsSha256(String sha256) {
        return new CheckpointManifest(
                name,
                version,
                preset,
                settings,
                sha256,
                command,
                seed,
                dataDigests,
                metrics,
                licence,
                acknowledgements);
    }

    /**
     * Reads {@code manifest.json}.
     *
     * @throws CheckpointException if it is not one
     */
    public static CheckpointManifest fromJson(byte[] json) {
        try {
            return JSON.readValue(json, CheckpointManifest.class);
        } catch (JacksonException e) {
            throw new CheckpointException("The manifest is not readable: " + e.getOriginalMessage(), e);
        }
    }

    /** As {@code manifest.json}. */
    public byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }
}

package dev.secant.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All checkpoints by reference, bundled and the user's; the user's win where both have the same {@code name@version}.
 *
 * <p>The user's directory is looked at on every call, so a new or changed checkpoint is used without a restart. One
 * that can't be read or isn't admitted is refused with a reason, see {@link #refusals()}; what was loaded before under
 * the same name and version stays. Safe for use by many threads.
 */
public final class CheckpointRegistry {

    private final List<CheckpointSource> sources;
    private final Map<String, String> stamps = new HashMap<>();
    private final Map<String, Checkpoint> loaded = new TreeMap<>();
    private final Map<String, String> refusals = new TreeMap<>();

    private CheckpointRegistry(List<CheckpointSource> sources) {
        this.sources = sources;
    }

    /** The bundled checkpoints only. */
    public static CheckpointRegistry bundled() {
        return new CheckpointRegistry(List.of(new BundledCheckpoints()));
    }

    /** The bundled checkpoints and those of a directory, which need not exist yet. */
    public static CheckpointRegistry withDirectory(Path directory) {
        return new CheckpointRegistry(List.of(new BundledCheckpoints(), new CheckpointFolder(directory)));
    }

    /**
     * A checkpoint, if there is one.
     *
     * @param reference {@code name@1.0.0}, {@code name@latest} (the highest version), {@code name@stable} (the highest
     *     without a label) or {@code name} (stable, else latest)
     */
    public synchronized Optional<Checkpoint> find(String reference) {
        refresh();
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        String version = at < 0 ? "" : reference.substring(at + 1);
        return switch (version) {
            case "latest" -> highest(name, false);
            case "stable" -> highest(name, true);
            case "" -> highest(name, true).or(() -> highest(name, false));
            default -> Optional.ofNullable(loaded.get(reference));
        };
    }

    /**
     * A checkpoint.
     *
     * @param reference as for {@link #find}
     * @throws CheckpointException if there is none, saying what there is
     */
    public synchronized Checkpoint get(String reference) {
        return find(reference)
                .orElseThrow(() -> new CheckpointException("There is no checkpoint (%s) among %s.%s"
                        .formatted(reference, loaded.keySet(), because(reference))));
    }

    /** Every usable checkpoint's manifest, by name and version. */
    public synchronized List<CheckpointManifest> list() {
        refresh();
        return loaded.values().stream()
                .map(Checkpoint::manifest)
                .sorted(Comparator.comparing(CheckpointManifest::name)
                        .thenComparing(manifest -> CheckpointVersion.parse(manifest.version())))
                .toList();
    }

    /** Why a checkpoint that lies there is not used, by {@code name@version}. */
    public synchronized Map<String, String> refusals() {
        refresh();
        return Map.copyOf(refusals);
    }

    private void refresh() {
        Map<String, CheckpointSource.Entry> present = new TreeMap<>();
        for (CheckpointSource source : sources) {
            source.entries().forEach(entry -> present.put(entry.id(), entry));
        }
        for (String gone : new ArrayList<>(stamps.keySet())) {
            if (!present.containsKey(gone)) {
                stamps.remove(gone);
                loaded.remove(gone);
                refusals.remove(gone);
            }
        }
        for (CheckpointSource.Entry entry : present.values()) {
            if (!entry.stamp().equals(stamps.put(entry.id(), entry.stamp()))) {
                load(entry);
            }
        }
    }

    private void load(CheckpointSource.Entry entry) {
        try {
            Checkpoint checkpoint = entry.reader().read();
            if (!checkpoint.id().equals(entry.id())) {
                throw new CheckpointException(
                        "The folder of (%s) holds a manifest of (%s).%nMaybe it was copied: rename the folder."
                                .formatted(entry.id(), checkpoint.id()));
            }
            loaded.put(entry.id(), checkpoint);
            refusals.remove(entry.id());
        } catch (CheckpointException | IllegalArgumentException e) {
            refusals.put(entry.id(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<Checkpoint> highest(String name, boolean stableOnly) {
        Stream<Checkpoint> named = loaded.values().stream()
                .filter(checkpoint -> checkpoint.manifest().name().equals(name));
        return named.filter(checkpoint -> !stableOnly || version(checkpoint).isStable())
                .max(Comparator.comparing(CheckpointRegistry::version));
    }

    private static CheckpointVersion version(Checkpoint checkpoint) {
        return CheckpointVersion.parse(checkpoint.manifest().version());
    }

    private String because(String reference) {
        String reason = refusals.get(reference);
        return reason == null ? "" : "%nIt was refused: %s".formatted(reason);
    }
}

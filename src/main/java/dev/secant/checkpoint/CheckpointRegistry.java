package dev.secant.checkpoint;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All checkpoints by reference, bundled and the user's; the user's win where both have the same {@code name@version}.
 *
 * <p>The user's directory is read when the registry is made and at each {@link #refresh}, which a {@link CheckpointWatch} calls every
 * two seconds, so a new or changed checkpoint is used without a restart. Between two refreshes every answer comes from one immutable
 * snapshot, without a lock. A checkpoint that can't be read or isn't admitted is refused with a reason, see {@link #refusals()}; what
 * was loaded before under the same name and version stays. Safe for use by many threads.
 */
public final class CheckpointRegistry {

    /**
     * What there is, at one time.
     *
     * @param stamps of the folders that were looked at, by id
     * @param loaded usable checkpoints, by id
     * @param refusals why others are not, by id
     */
    private record Snapshot(Map<String, String> stamps, Map<String, Checkpoint> loaded, Map<String, String> refusals) {}

    private final List<CheckpointSource> sources;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), Map.of());

    private CheckpointRegistry(List<CheckpointSource> sources) {
        this.sources = sources;
        refresh();
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
    public Optional<Checkpoint> find(String reference) {
        return find(snapshot, reference);
    }

    private static Optional<Checkpoint> find(Snapshot snapshot, String reference) {
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        String version = at < 0 ? "" : reference.substring(at + 1);
        return switch (version) {
            case "latest" -> highest(snapshot, name, false);
            case "stable" -> highest(snapshot, name, true);
            case "" -> highest(snapshot, name, true).or(() -> highest(snapshot, name, false));
            default -> Optional.ofNullable(snapshot.loaded.get(reference));
        };
    }

    /**
     * A checkpoint.
     *
     * @param reference as for {@link #find}
     * @throws CheckpointException if there is none, saying what there is
     */
    public Checkpoint get(String reference) {
        Snapshot current = snapshot;
        return find(current, reference)
                .orElseThrow(() -> new CheckpointException("There is no checkpoint (%s) among %s.%s"
                        .formatted(reference, current.loaded.keySet(), because(current, reference))));
    }

    /** Every usable checkpoint's manifest, by name and version. */
    public List<CheckpointManifest> list() {
        return snapshot.loaded.values().stream()
                .map(Checkpoint::manifest)
                .sorted(Comparator.comparing(CheckpointManifest::name)
                        .thenComparing(manifest -> CheckpointVersion.parse(manifest.version())))
                .toList();
    }

    /** The digests of the weights of all usable checkpoints: what is loaded of others may be freed. */
    public Set<String> digests() {
        return snapshot.loaded.values().stream()
                .map(checkpoint -> checkpoint.manifest().weightsSha256())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why a checkpoint that lies there is not used, by {@code name@version}. */
    public Map<String, String> refusals() {
        return snapshot.refusals;
    }

    /** Looks at the directory again, and reads what is new or has changed. */
    public synchronized void refresh() {
        Map<String, CheckpointSource.Entry> present = new TreeMap<>();
        for (CheckpointSource source : sources) {
            source.entries().forEach(entry -> present.put(entry.id(), entry));
        }
        Map<String, String> stamps = new TreeMap<>(snapshot.stamps);
        Map<String, Checkpoint> loaded = new TreeMap<>(snapshot.loaded);
        Map<String, String> refusals = new TreeMap<>(snapshot.refusals);
        stamps.keySet().retainAll(present.keySet());
        loaded.keySet().retainAll(present.keySet());
        refusals.keySet().retainAll(present.keySet());
        for (CheckpointSource.Entry entry : present.values()) {
            if (!entry.stamp().equals(stamps.put(entry.id(), entry.stamp()))) {
                load(entry, loaded, refusals);
            }
        }
        snapshot = new Snapshot(stamps, loaded, Map.copyOf(refusals));
    }

    private void load(CheckpointSource.Entry entry, Map<String, Checkpoint> loaded, Map<String, String> refusals) {
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

    private static Optional<Checkpoint> highest(Snapshot snapshot, String name, boolean stableOnly) {
        Stream<Checkpoint> named = snapshot.loaded.values().stream()
                .filter(checkpoint -> checkpoint.manifest().name().equals(name));
        return named.filter(checkpoint -> !stableOnly || version(checkpoint).isStable())
                .max(Comparator.comparing(CheckpointRegistry::version));
    }

    private static CheckpointVersion version(Checkpoint checkpoint) {
        return CheckpointVersion.parse(checkpoint.manifest().version());
    }

    private static String because(Snapshot snapshot, String reference) {
        String reason = snapshot.refusals.get(reference);
        return reason == null ? "" : "%nIt was refused: %s".formatted(reason);
    }
}

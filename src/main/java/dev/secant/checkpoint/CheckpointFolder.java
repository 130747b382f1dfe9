package dev.secant.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checkpoints in a directory of the user's: {@code NAME/VERSION/manifest.json}. The directory need not exist. */
final class CheckpointFolder implements CheckpointSource {

    private final Path directory;

    CheckpointFolder(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path name : folders(directory)) {
            for (Path version : folders(name)) {
                entries.add(new Entry(
                        name.getFileName().toString(),
                        version.getFileName().toString(),
                        stamp(version.resolve(Checkpoint.MANIFEST_FILE))
                                + stamp(version.resolve(Checkpoint.WEIGHTS_FILE)),
                        () -> Checkpoint.read(version)));
            }
        }
        return entries;
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + ":" + Files.size(file) + ";";
        } catch (IOException e) {
            return "missing;";
        }
    }
}

package dev.secant.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The checkpoints in the jar: {@code checkpoints/index.txt} lists them, one {@code name@version} a line. */
final class BundledCheckpoints implements CheckpointSource {

    private static final String ROOT = "/checkpoints/";

    @Override
    public List<Entry> entries() {
        return new String(resource(ROOT + "index.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(BundledCheckpoints::entry)
                .toList();
    }

    private static Entry entry(String id) {
        int at = id.indexOf('@');
        if (at < 0) {
            throw new CheckpointException("The line (%s) of %sindex.txt must be name@version.".formatted(id, ROOT));
        }
        String name = id.substring(0, at);
        String version = id.substring(at + 1);
        String folder = ROOT + name + "/" + version + "/";
        return new Entry(
                name,
                version,
                "bundled",
                () -> Checkpoint.read(
                        resource(folder + Checkpoint.MANIFEST_FILE), resource(folder + Checkpoint.WEIGHTS_FILE)));
    }

    private static byte[] resource(String path) {
        try (InputStream in = BundledCheckpoints.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new CheckpointException("The resource (%s) is missing from the jar.".formatted(path));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

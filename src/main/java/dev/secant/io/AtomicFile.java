package dev.secant.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are replaced in one move, so that a reader, or a kill, finds either the old content or the new. */
public final class AtomicFile {

    /** Of drafts, which lie beside their file. */
    private static final String SUFFIX = ".part";

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** May close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, or leaves what was there. Two writers of the same file at once must be kept apart by the caller.
     *
     * @param file to replace; its folder must exist
     * @throws IOException if the content cannot be written, or the file system has no atomic move
     */
    public static void write(Path file, Content content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + SUFFIX);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
            content.writeTo(out);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

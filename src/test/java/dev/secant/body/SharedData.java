package dev.secant.body;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data beside the checkout that not everyone has: tests that need it are skipped, and say so. */
public final class SharedData {

    private SharedData() {}

    public static Path require(String path) {
        Path file = Path.of(System.getProperty("secant.shared", "../shared")).resolve(path);
        assumeTrue(Files.exists(file), () -> "skipped: %s isn't here".formatted(file));
        return file;
    }
}

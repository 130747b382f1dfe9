package dev.secant.optimizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the process holds outside the JVM's own heap and code. */
public final class NativeMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private NativeMemory() {}

    /** Resident bytes less the committed heap; nothing where the system has no {@code /proc}. */
    public static OptionalLong bytes() {
        if (!Files.exists(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            long resident = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
            return OptionalLong.of(resident
                    - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

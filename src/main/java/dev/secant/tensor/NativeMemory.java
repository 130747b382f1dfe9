package dev.secant.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the process holds outside the JVM's own heap, as far as the system says. */
public final class NativeMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path PEAK_SWITCH = Path.of("/proc/self/clear_refs");

    /** The code by which the kernel forgets the peak of the resident set so far. */
    private static final String FORGET_PEAK = "5";

    private NativeMemory() {}

    /** Resident bytes less the committed heap; nothing where the system has no {@code /proc}. */
    public static OptionalLong bytes() {
        return read("RssAnon:");
    }

    /** The most that {@link #bytes} has been since {@link #resetPeak}, files in memory included. */
    public static OptionalLong peakBytes() {
        return read("VmHWM:");
    }

    /**
     * From now on {@link #peakBytes} tells of what follows.
     *
     * @return what it tells now; nothing where the system has no such switch
     */
    public static OptionalLong resetPeak() {
        try {
            Files.writeString(PEAK_SWITCH, FORGET_PEAK);
            return peakBytes();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong read(String field) {
        if (!Files.exists(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            long resident = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
            return OptionalLong.of(resident
                    - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

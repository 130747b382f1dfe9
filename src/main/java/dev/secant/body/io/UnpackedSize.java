package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a compressed file may unpack to: 128 MiB, or 200 times its size, and 2 GiB at most. A body's numbers shrink to a third; a whole
 * body without pose directions, most of whose array is zero, to a thirtieth. For one thread.
 */
final class UnpackedSize {

    private static final long ALWAYS_ALLOWED = 128L << 20;
    private static final long LARGEST = 2L << 30;
    private static final long LARGEST_RATIO = 200;

    private final String source;
    private final long allowed;
    private long unpacked;

    private UnpackedSize(String source, long allowed) {
        this.source = source;
        this.allowed = allowed;
    }

    static UnpackedSize of(Path file) throws IOException {
        return new UnpackedSize(
                file.toString(), Math.min(LARGEST, Math.max(ALWAYS_ALLOWED, LARGEST_RATIO * Files.size(file))));
    }

    /** The stream, counted: reading more than is left throws a {@link BodyFormatException}. */
    InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                count(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                count(Math.max(read, 0));
                return read;
            }
        };
    }

    private void count(int bytes) {
        unpacked += bytes;
        if (unpacked > allowed) {
            throw new BodyFormatException(
                    ("The file (%s) unpacks to more than %d MiB, which is more than a body of its size may. "
                                    + "Maybe unpack it first.")
                            .formatted(source, allowed >> 20));
        }
    }
}

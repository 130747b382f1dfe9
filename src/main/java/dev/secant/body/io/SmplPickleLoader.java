package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import dev.secant.body.pickle.PickleReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * SMPL's official {@code .pkl} models (v1.0.0 and v1.1.0, and copies cleaned of chumpy), and SMPL-H's and SMPL-X's, pickle protocols
 * 0 to 5, gzipped or not. Nothing in a file is executed: only a list of NumPy, SciPy and chumpy names is known, as data; see
 * {@link PickleReader}. What is used of it says {@link SmplArrays}.
 */
public final class SmplPickleLoader {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private SmplPickleLoader() {}

    /** Whether a file's first bytes are those of a pickle, or of a gzip file that could be one. */
    static boolean recognises(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            int second = in.read();
            boolean protocol = first == 0x80 && second >= 2 && second <= 5;
            boolean textProtocol = first == '(' || first == '}';
            return protocol || textProtocol || (first == GZIP_FIRST && second == GZIP_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException("The file (%s) can't be read.".formatted(file), e);
        }
    }

    /** @throws BodyFormatException naming the file, the array and what was expected of it */
    static SmplArrays read(Path file) {
        return SmplArrays.from(new PickledModel(file.toString(), entries(file)), NpzBodyLoader.name(file));
    }

    /** @throws BodyFormatException naming the file, the array and what was expected of it */
    public static BodyModel load(Path file) {
        return read(file).toModel();
    }

    private static Map<?, ?> entries(Path file) {
        try (InputStream in = open(file)) {
            if (PickleReader.read(in, file.toString()) instanceof Map<?, ?> map) {
                return map;
            }
            throw new BodyFormatException(
                    "The file (%s) holds no dictionary of arrays, as SMPL's models do.".formatted(file));
        } catch (IOException e) {
            throw new BodyFormatException("The file (%s) can't be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        boolean zipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return zipped
                ? new BufferedInputStream(UnpackedSize.of(file).counted(new GZIPInputStream(in, BUFFER)), BUFFER)
                : in;
    }
}

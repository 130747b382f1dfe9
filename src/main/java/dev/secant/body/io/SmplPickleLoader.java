package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.razorvine.pickle.PickleException;

/**
 * SMPL's official {@code .pkl} models (v1.0.0 and v1.1.0, and copies cleaned of chumpy), pickle protocols 0 to 5, gzipped
 * or not. Nothing in a file is executed: only a whitelist of NumPy, SciPy and chumpy names is known, as data; see
 * {@link PickleReader}. Of 300 shape directions the first ten are used.
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
    public static BodyModel load(Path file) {
        PickledModel model = new PickledModel(file.toString(), entries(file));
        return SmplArrays.from(model, NpzBodyLoader.name(file)).toModel();
    }

    private static Map<?, ?> entries(Path file) {
        try (InputStream raw = open(file)) {
            Object root = new PickleReader().load(raw);
            if (root instanceof Map<?, ?> map) {
                return map;
            }
            throw new BodyFormatException(
                    "The file (%s) holds no dictionary of arrays, as SMPL's models do.".formatted(file));
        } catch (PickleException | ClassCastException | IndexOutOfBoundsException e) {
            throw new BodyFormatException(
                    "The file (%s) can't be read as a pickle: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new BodyFormatException(
                    "The file (%s) ends early or can't be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        boolean zipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return zipped ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }
}

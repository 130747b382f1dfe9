package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import dev.secant.body.ShapeCoefficient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where bodies come from: the one that ships with Secant, and files. */
public final class BodyModels {

    private static final String DEFAULT_RESOURCE = "/dev/secant/body/default.npz";

    private BodyModels() {}

    /** The procedural body packed in the jar, read once. Its betas are {@link ShapeCoefficient}'s. */
    public static BodyModel defaultBody() {
        return Default.BODY;
    }

    /**
     * Reads a body: our own {@code .npz} (see {@link BodyModelWriter}), or SMPL's, SMPL-H's or SMPL-X's {@code .npz} or {@code .pkl}
     * ({@code .pkl.gz}). The content decides, not the file's name.
     *
     * @throws BodyFormatException if the file is none of these, or is damaged
     */
    public static BodyModel load(Path file) {
        return SmplPickleLoader.recognises(file) ? SmplPickleLoader.load(file) : NpzBodyLoader.load(file);
    }

    private static final class Default {

        static final BodyModel BODY = read();

        private static BodyModel read() {
            try (InputStream in = BodyModels.class.getResourceAsStream(DEFAULT_RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "The resource (%s) is missing from the jar.".formatted(DEFAULT_RESOURCE));
                }
                return BodyModelReader.read(NpzReader.read(in, DEFAULT_RESOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

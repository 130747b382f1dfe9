package dev.secant.cli;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModelWriter;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.SmplNpzWriter;
import dev.secant.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Body models. */
@Command(
        name = "body",
        mixinStandardHelpOptions = true,
        subcommands = BodyCommand.Export.class,
        description = "Reads and writes body models; see its commands.")
final class BodyCommand implements Runnable {

    @Override
    public void run() {
        SecantCommand.execute("body", "--help");
    }

    /** Layouts of files. */
    enum Format {
        /** For tools that know SMPL and not Secant. */
        smpl {
            @Override
            void write(BodyModel body, OutputStream out) throws IOException {
                SmplNpzWriter.write(body, out);
            }
        },
        /** Compact, with joints, landmarks and skin as they are. */
        secant {
            @Override
            void write(BodyModel body, OutputStream out) throws IOException {
                BodyModelWriter.write(body, out);
            }
        };

        /** Closes the stream. */
        abstract void write(BodyModel body, OutputStream out) throws IOException;
    }

    /** Writes a body as a file. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes a body model as .npz, in SMPL's layout or in Secant's.")
    @SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
    static final class Export implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "The .npz to write.")
        private Path file;

        @Option(names = "--format", defaultValue = "smpl", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
        private Format format;

        @Option(
                names = "--body",
                paramLabel = "FILE",
                description = "A body in SMPL's format or Secant's; the bundled one if left out.")
        private @Nullable Path source;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            BodyModel body = source == null ? BodyModels.defaultBody() : BodyModels.load(source);
            AtomicFile.write(file, out -> format.write(body, out));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %d vertices, %d faces, %d joints, %d betas%n",
                            file, body.vertexCount(), body.faces().length / 3, body.jointCount(), body.shapeCount())
                    .flush();
            return 0;
        }
    }
}

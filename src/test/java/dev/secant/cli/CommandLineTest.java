package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs command lines and keeps what they print. */
abstract class CommandLineTest {

    @TempDir
    Path directory;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** With the temporary directory in place of each {@code %s}; arguments are set apart by blanks. */
    int run(String command) {
        return new CommandLine(new SecantCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command.replace("%s", directory.toString()).split(" "));
    }

    /** What a command that must not fail printed. */
    String printed(String command) {
        out.getBuffer().setLength(0);
        assertThat(run(command)).as("%s: %s", command, err).isZero();
        return out.toString();
    }
}

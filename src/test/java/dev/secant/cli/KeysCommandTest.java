package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class KeysCommandTest extends CommandLineTest {

    private static final String HOME = " --secant.home=%s";

    @Test
    void aKeyIsCreatedListedAndRevoked() {
        String token = printed("keys create --name laptop --scope submit,read --expires 90d" + HOME)
                .strip();

        assertThat(token).matches("sk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        assertThat(err.toString()).contains("for laptop, expires 2").contains("not shown again");
        String id = token.substring(3, 19);
        assertThat(printed("keys list" + HOME))
                .containsPattern(id + " +active +submit,read +key:" + id + " .* never +laptop");
        assertThat(printed("keys list" + HOME)).doesNotContain(token.substring(20));

        assertThat(printed("keys revoke " + id + HOME)).isEqualTo("Key %s (laptop) is revoked.%n".formatted(id));

        assertThat(printed("keys list" + HOME)).containsPattern(id + " +revoked ");
    }

    @Test
    void aKeyMayLastForEverAndTakeOverAnothersJobs() {
        String old = printed("keys create --name old --expires never" + HOME).substring(3, 19);
        String next =
                printed("keys create --name next --owner-of " + old + HOME).substring(3, 19);

        assertThat(printed("keys list" + HOME)).containsPattern(next + " +active +submit,read +key:" + old + " ");
    }

    /** As the jar runs it, with the settings of the whole command line. */
    @Test
    void theProgramTakesSettingsOfTheServiceAndPrintsNothingElse() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(SecantCommand.execute("keys", "create", "--name", "a", "--secant.home=" + directory))
                    .isZero();
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).matches("sk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\\s+");
        assertThat(directory.resolve("secant.mv.db")).exists();
        assertThat(SecantCommand.execute("keys", "list", "--secant.hom", directory.toString()))
                .isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertComplaint(2, "keys create --name a --scope write", "The scope (write) of --scope is unknown");
        assertComplaint(2, "keys create --name a --expires soon", "The time (soon) of --expires is not one");
        assertComplaint(2, "keys create --name a --expire 3d" + HOME, "Unknown argument: --expire");
        assertComplaint(1, "keys revoke 17" + HOME, "There is no key with the id (17)");
        assertComplaint(1, "keys list --spring.datasource.url=jdbc:postgresql://localhost:1/none", "cannot be opened");
    }

    @Test
    void aFileThatAServiceHasOpenIsSaidToBe() throws Exception {
        printed("keys list" + HOME);
        try (FileChannel file = FileChannel.open(directory.resolve("secant.mv.db"), StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertComplaint(1, "keys list" + HOME, "in use by a running service", "POST /v1/keys");
        }
    }

    private void assertComplaint(int code, String command, String... complaint) {
        err.getBuffer().setLength(0);
        assertThat(run(command)).isEqualTo(code);
        assertThat(err.toString()).contains(complaint);
    }
}

package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command lines start the service; that each command prints its help is in {@link EveryCommandTest}. */
class StartsServiceTest extends CommandLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "serve --server.port=0", "--server.port=0"})
    void theServiceStartsWithoutACommand(String line) {
        assertThat(SecantCommand.startsService(split(line))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --help",
                "serve --server.port=0 -h",
                "--server.port=0 --help",
                "--version",
                "-V",
                "fit",
                "-h"
            })
    void whoAsksIsAnswered(String line) {
        assertThat(SecantCommand.startsService(split(line))).isFalse();
    }

    @Test
    void serveExplainsItself() {
        assertThat(printed("serve --help")).contains("Usage: secant serve", "--server.port");
        assertThat(printed("serve --server.port=0 --help")).contains("Usage: secant serve");
    }

    @Test
    void settingsArePassedOn() {
        assertThat(SecantCommand.settings("serve", "--server.port=0")).containsExactly("--server.port=0");
        assertThat(SecantCommand.settings("--server.port=0")).containsExactly("--server.port=0");
    }

    private static String[] split(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}

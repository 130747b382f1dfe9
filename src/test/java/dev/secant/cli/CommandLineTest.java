package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(SecantCommand.commandLine(), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
        all.add(path);
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(sub, longer, all);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandPrintsItsHelp(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(SecantCommand.startsService(arguments.toArray(String[]::new)))
                .isFalse();
        assertThat(run(arguments)).as(err.toString()).isZero();
        String name = command.isEmpty() ? "secant" : "secant " + String.join(" ", command);
        assertThat(out.toString()).contains("Usage: " + name).contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void serveIsOneOfThem() {
        assertThat(commands()).contains(List.of("serve"), List.of("train", "body"), List.of("bench", "minimize"));
    }

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
    void settingsArePassedOn() {
        assertThat(SecantCommand.settings("serve", "--server.port=0")).containsExactly("--server.port=0");
        assertThat(SecantCommand.settings("--server.port=0")).containsExactly("--server.port=0");
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        assertThat(run(List.of("--version"))).isZero();

        java.util.Properties properties = new java.util.Properties();
        try (var in = CommandLineTest.class.getResourceAsStream("/META-INF/build-info.properties")) {
            properties.load(in);
        }
        assertThat(out.toString().strip()).isEqualTo("secant " + properties.getProperty("build.version"));
    }

    private int run(List<String> arguments) {
        return SecantCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private static String[] split(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}

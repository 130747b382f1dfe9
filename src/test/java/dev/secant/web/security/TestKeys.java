package dev.secant.web.security;

import dev.secant.cli.SecantCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Works on the keys of a database by the command line, as its operator does. */
record TestKeys(String database) {

    /** Makes a key with some scopes. */
    String create(String name, String scopes, String... more) {
        List<String> arguments = new ArrayList<>(List.of("create", "--name", name, "--scope", scopes));
        arguments.addAll(List.of(more));
        return run(arguments).strip();
    }

    /** Revokes the key of a token. */
    void revoke(String token) {
        run(List.of("revoke", id(token)));
    }

    /** The public part of a token. */
    static String id(String token) {
        return token.substring(3, 19);
    }

    private String run(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("keys"));
        line.addAll(arguments);
        line.add("--spring.datasource.url=" + database);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new SecantCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("%s: %s".formatted(line, err));
        }
        return out.toString();
    }
}

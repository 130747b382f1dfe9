package dev.secant.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Describes the command that starts the service; the application itself starts it, see {@link SecantCommand#startsService}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the service, which is also what happens without any command.",
        footer = {
            "",
            "Settings are given as --NAME=VALUE, as environment variables or in application.yaml, for example:",
            "  --server.port=8080              port of the REST interface",
            "  --secant.home=./secant-data     database and checkpoints",
            "  --secant.jobs.worker=false      accept jobs without executing them",
            "  --secant.security.mode=keys     ask for API keys, and listen on all interfaces",
            "docs/operations.md lists all of them."
        })
final class ServeCommand implements Runnable {

    @Unmatched
    @SuppressWarnings("UnusedVariable") // Accepts settings before and after --help.
    private List<String> settings = new ArrayList<>();

    @Override
    public void run() {
        throw new IllegalStateException("The service is started by the application, not by the command line.");
    }
}

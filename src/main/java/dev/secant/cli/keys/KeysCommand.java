package dev.secant.cli.keys;

import dev.secant.security.ApiKey;
import dev.secant.security.ApiKeys;
import dev.secant.security.NewApiKey;
import dev.secant.security.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** API keys in the service's database. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The database is the service's: SECANT_HOME, SECANT_DATABASE_URL and application.yaml are read, and settings such as",
            "--secant.home=DIR may be given."
        },
        subcommands = {KeysCommand.Create.class, KeysCommand.ListKeys.class, KeysCommand.Revoke.class},
        description = "Creates, lists and revokes API keys in the service's database; see its commands.")
public final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Makes a key. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a key and prints it, this once: only its digest is kept.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    static final class Create implements Callable<Integer> {

        private static final String NEVER = "never";

        @Option(names = "--name", required = true, description = "What the key is for, up to 100 characters.")
        private String name;

        @Option(
                names = "--scope",
                split = ",",
                defaultValue = "submit,read",
                paramLabel = "SCOPE",
                description = {
                    "submit: create, cancel and delete jobs. read: read them. admin: everything, with everybody's jobs.",
                    "Several are set apart by commas (${DEFAULT-VALUE})."
                })
        private List<String> scopes;

        @Option(
                names = "--expires",
                defaultValue = "90d",
                paramLabel = "TIME",
                description = "When it expires: a time from now such as 90d or 12h, or never (${DEFAULT-VALUE}).")
        private String expires;

        @Option(
                names = "--owner-of",
                paramLabel = "ID",
                description =
                        "Id of a key whose jobs the new one shares, to replace it. Without this it has jobs of its own.")
        private @Nullable String ownerOf;

        @Unmatched
        private List<String> settings = new ArrayList<>();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            NewApiKey wanted;
            try {
                wanted = new NewApiKey(name, scopes(), lifetime(), ownerOf);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            try (KeyDatabase database = KeyDatabase.open(spec, settings)) {
                ApiKeys.Created created = database.keys().create(wanted);
                spec.commandLine().getOut().println(created.token());
                spec.commandLine().getOut().flush();
                // Apart from the key, so that a script can take it as it is.
                spec.commandLine()
                        .getErr()
                        .printf(
                                "Key %s for %s, expires %s. It is not shown again.%n",
                                created.key().id(), name, orNever(created.key().expiresAt()))
                        .flush();
            }
            return 0;
        }

        private Set<Scope> scopes() {
            Set<Scope> found = EnumSet.noneOf(Scope.class);
            for (String id : scopes) {
                found.add(Scope.of(id.strip())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "The scope (%s) of --scope is unknown. Known are submit, read, admin.".formatted(id))));
            }
            return found;
        }

        private @Nullable Duration lifetime() {
            if (expires.equals(NEVER)) {
                return null;
            }
            try {
                return DurationStyle.SIMPLE.parse(expires);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The time (%s) of --expires is not one. Maybe 90d, 12h or never.".formatted(expires), e);
            }
        }
    }

    /** Lists keys. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all keys, oldest first, without their secrets.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    static final class ListKeys implements Callable<Integer> {

        private static final String ROW = "%-16s  %-8s  %-17s  %-20s  %-20s  %-20s  %s%n";

        @Unmatched
        private List<String> settings = new ArrayList<>();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            try (KeyDatabase database = KeyDatabase.open(spec, settings)) {
                out.printf(ROW, "id", "state", "scopes", "owner", "expires", "last use", "name");
                Instant now = Instant.now();
                for (ApiKey key : database.keys().list()) {
                    out.printf(
                            ROW,
                            key.id(),
                            key.state(now).name().toLowerCase(Locale.ROOT),
                            String.join(
                                    ",",
                                    key.scopes().stream()
                                            .sorted()
                                            .map(Scope::id)
                                            .toList()),
                            key.owner(),
                            orNever(key.expiresAt()),
                            orNever(key.lastUsedAt()),
                            key.name());
                }
            }
            out.flush();
            return 0;
        }
    }

    /** Revokes a key. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Refuses a key from now on. Its jobs stay, and an administrator sees them.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    static final class Revoke implements Callable<Integer> {

        @Parameters(
                paramLabel = "ID",
                description = "The id that 'keys list' shows: the part of the key between its underscores.")
        private String id;

        @Unmatched
        private List<String> settings = new ArrayList<>();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (KeyDatabase database = KeyDatabase.open(spec, settings)) {
                ApiKey key = database.keys()
                        .revoke(id)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "There is no key with the id (%s). Maybe look at: secant keys list.".formatted(id)));
                spec.commandLine()
                        .getOut()
                        .printf("Key %s (%s) is revoked.%n", key.id(), key.name())
                        .flush();
            }
            return 0;
        }
    }

    private static String orNever(@Nullable Instant time) {
        return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

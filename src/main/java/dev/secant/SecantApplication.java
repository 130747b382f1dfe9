package dev.secant;

import dev.secant.cli.SecantCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The entry point: the service, or with a command the command line. */
@SpringBootApplication
public class SecantApplication {

    private static final String SERVE = "serve";

    public static void main(String[] arguments) {
        boolean serves = arguments.length == 0
                || arguments[0].equals(SERVE)
                || (arguments[0].startsWith("--")
                        && !arguments[0].equals("--help")
                        && !arguments[0].equals("--version"));
        if (!serves) {
            System.exit(SecantCommand.execute(arguments));
        }
        boolean named = arguments.length > 0 && arguments[0].equals(SERVE);
        SpringApplication.run(
                SecantApplication.class, named ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments);
    }
}

package dev.secant;

import dev.secant.cli.SecantCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The entry point: the service, or with a command the command line. */
@SpringBootApplication
public class SecantApplication {

    public static void main(String[] arguments) {
        if (!SecantCommand.startsService(arguments)) {
            System.exit(SecantCommand.execute(arguments));
        }
        SpringApplication.run(SecantApplication.class, SecantCommand.settings(arguments));
    }
}

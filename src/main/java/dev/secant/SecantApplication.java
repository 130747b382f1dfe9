package dev.secant;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service's entry point. */
@SpringBootApplication
public class SecantApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SecantApplication.class, arguments);
    }
}

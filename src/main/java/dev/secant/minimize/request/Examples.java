package dev.secant.minimize.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Request bodies that can be posted as they are. */
public final class Examples {

    private static final List<Example> ALL = List.of(
            load("rosenbrock-auto", "A twenty-dimensional Rosenbrock valley, auto beside Adam"),
            load("formula", "A formula of your own, three starts, all points kept"),
            load("curve-fit", "Fit a decaying exponential to data: a sum of squares with named parameters"),
            load("bounded", "Himmelblau's function in a box, twenty starts drawn by seed"),
            load("logistic-regression", "Logistic regression on posted data"),
            load("rastrigin-starts", "Rastrigin from 64 starts in one batch"),
            load(
                    "certificate",
                    "Is it a minimum? A saddle and a minimum of the three-hump camel, told apart by curvature"));

    private Examples() {}

    /**
     * One example.
     *
     * @param name short
     * @param title what it shows
     * @param body JSON
     */
    public record Example(String name, String title, String body) {}

    /** All of them. */
    public static List<Example> all() {
        return ALL;
    }

    private static Example load(String name, String title) {
        try (InputStream in = Examples.class.getResourceAsStream("examples/" + name + ".json")) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new Example(name, title, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

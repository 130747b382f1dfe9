package dev.secant.body.procedural;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Published body measures (ANSUR II, {@code ansur2.csv} beside this class's package), both sexes pooled in equal parts.
 */
public final class Anthropometry {

    private static final String RESOURCE = "/dev/secant/body/ansur2.csv";
    private static final Map<String, Measure> MEASURES = read();

    private Anthropometry() {}

    /**
     * A measure of the pooled population.
     *
     * @param mean metres
     * @param deviation standard deviation, metres
     */
    public record Measure(double mean, double deviation) {

        /** Deviation over mean. */
        public double relativeDeviation() {
            return deviation / mean;
        }
    }

    /** @throws IllegalArgumentException if the survey's table has no such measure */
    public static Measure measure(String name) {
        Measure measure = MEASURES.get(name);
        if (measure == null) {
            throw new IllegalArgumentException(
                    "The measure (%s) is not in the table; known are %s.".formatted(name, MEASURES.keySet()));
        }
        return measure;
    }

    private static Map<String, Measure> read() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        try (InputStream in = Anthropometry.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The resource (%s) is missing from the jar.".formatted(RESOURCE));
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("measure,"))
                    .map(line -> line.split(","))
                    .forEach(cells -> measures.put(cells[0], pooled(cells)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return measures;
    }

    /** Mixture of two groups of equal weight: the variance within plus the variance between. */
    private static Measure pooled(String[] cells) {
        double male = Double.parseDouble(cells[1]) / 1000;
        double maleDeviation = Double.parseDouble(cells[2]) / 1000;
        double female = Double.parseDouble(cells[3]) / 1000;
        double femaleDeviation = Double.parseDouble(cells[4]) / 1000;
        double within = (maleDeviation * maleDeviation + femaleDeviation * femaleDeviation) / 2;
        double between = (male - female) * (male - female) / 4;
        return new Measure((male + female) / 2, Math.sqrt(within + between));
    }
}

package dev.secant.objective.catalogue;

import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.objective.syntax.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published objectives: standard test functions, problems on posted data, and the 35 of More, Garbow and Hillstrom. */
public final class Catalogue {

    private static final String MORE_GARBOW_HILLSTROM = "More, Garbow and Hillstrom, ACM TOMS 7, 1981, problem ";

    private final Map<String, CatalogueEntry> entries;

    private Catalogue(Map<String, CatalogueEntry> entries) {
        this.entries = entries;
    }

    /** The catalogue that comes with Secant. */
    public static Catalogue standard() {
        return Holder.STANDARD;
    }

    /** All entries, as listed. */
    public List<CatalogueEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The entry of a name. */
    public Optional<CatalogueEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** {@code  Did you mean y?} for the name nearest to an unknown one, or nothing. */
    public String suggestion(String unknown) {
        return Names.suggestion(unknown, entries.keySet());
    }

    private static Catalogue load(String... resources) {
        Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
        for (String resource : resources) {
            try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
                List<Map<String, Object>> documents =
                        new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(in, resource));
                for (Map<String, Object> document : documents) {
                    CatalogueEntry entry = entry(document);
                    if (entries.put(entry.name(), entry) != null) {
                        throw new IllegalStateException("The entry (%s) is there twice.".formatted(entry.name()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Catalogue(entries);
    }

    private static CatalogueEntry entry(Map<String, Object> document) {
        String name = text(document, "name", "");
        return new CatalogueEntry(
                name,
                text(document, "title", name),
                text(document, "formula", ""),
                text(document, "dimension", ""),
                Boolean.TRUE.equals(document.get("fixed")),
                number(document, "least", 1),
                number(document, "most", ExpressionLimits.DEFAULT.dimension()),
                number(document, "multiple", 1),
                text(document, "lower", "-5"),
                text(document, "upper", "5"),
                text(document, "start", "zeros(n)"),
                optionalText(document, "value"),
                optionalText(document, "optimum"),
                texts(document.get("values")),
                parameters(document.get("parameters")),
                optionalText(document, "generator"),
                text(document, "source", MORE_GARBOW_HILLSTROM + problemNumber(name)));
    }

    private static String problemNumber(String name) {
        return name.startsWith("mgh") ? Integer.toString(Integer.parseInt(name.substring(3, 5))) : "";
    }

    private static String text(Map<String, Object> document, String field, String otherwise) {
        Object value = document.get(field);
        return value == null ? otherwise : value.toString();
    }

    private static @Nullable String optionalText(Map<String, Object> document, String field) {
        Object value = document.get(field);
        return value == null ? null : value.toString();
    }

    private static int number(Map<String, Object> document, String field, int otherwise) {
        return document.get(field) instanceof Integer value ? value : otherwise;
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(item.toString()));
        }
        return texts;
    }

    private static Map<String, Object> parameters(@Nullable Object value) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, numbers) -> parameters.put(name.toString(), numbers));
        }
        return parameters;
    }

    private static final class Holder {
        static final Catalogue STANDARD = load("catalogue.yaml", "more-garbow-hillstrom.yaml");
    }
}

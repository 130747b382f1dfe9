package dev.secant.objective.syntax;

import dev.secant.text.EditDistance;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which names are taken, and which one was meant. */
public final class Names {

    public static final String VARIABLE = "x";
    public static final String DIMENSION = "n";
    public static final String PI = "pi";

    private static final Set<String> KEYWORDS = Set.of("let", "and", "or", "not");

    private Names() {}

    /** Why a parameter or a definition can't have this name, or null. */
    public static @Nullable String whyReserved(String name) {
        if (name.equals(VARIABLE)) {
            return "x is the variable";
        } else if (name.equals(DIMENSION)) {
            return "n is the dimension";
        } else if (name.equals(PI)) {
            return "pi is the constant";
        } else if (KEYWORDS.contains(name)) {
            return name + " is a word of the language";
        } else if (Builtin.of(name).isPresent()) {
            return name + " is a function";
        }
        return null;
    }

    /** {@code Did you mean y?} for the nearest of the known names, or nothing. */
    public static String suggestion(String unknown, Collection<String> known) {
        return EditDistance.nearest(unknown, known)
                .filter(nearest -> EditDistance.between(unknown, nearest) <= unknown.length() / 3)
                .map(" Did you mean %s?"::formatted)
                .orElse("");
    }
}

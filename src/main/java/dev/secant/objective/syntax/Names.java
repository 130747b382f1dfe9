package dev.secant.objective.syntax;

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
        String best = "";
        int tolerated = unknown.length() / 3;
        int bestDistance = tolerated + 1;
        for (String candidate : known) {
            int distance = distance(unknown, candidate);
            boolean earlier = distance == bestDistance && !best.isEmpty() && candidate.compareTo(best) < 0;
            if (distance < bestDistance || earlier) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return bestDistance > tolerated ? "" : " Did you mean %s?".formatted(best);
    }

    /** Levenshtein's, letter case counting nothing. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

package dev.secant.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How far misspelt a name is: characters to insert, delete or replace (Levenshtein 1966), whatever their case. */
public final class EditDistance {

    private EditDistance() {}

    /** The distance between two names; {@code O(a b)} for their lengths. */
    public static int between(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] above = new int[right.length() + 1];
        Arrays.setAll(above, j -> j);
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[right.length()];
    }

    /** The nearest of the known names, the first in the alphabet of several; empty where none is known. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> between(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }
}

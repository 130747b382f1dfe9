package dev.secant.text;

import java.util.Locale;

/** Numbers as tables show them. */
public final class NumberFormats {

    private static final double LARGEST_PLAIN = 1e5;
    private static final double SMALLEST_PLAIN = 1e-4;

    private NumberFormats() {}

    /** About three digits: {@code 0.0012}, {@code 12.3}, {@code 4567}, {@code 1.08e46}; a dash where unknown. */
    public static String format(double number) {
        if (!Double.isFinite(number)) {
            return "–";
        }
        double size = Math.abs(number);
        if (number == 0) {
            return "0";
        }
        if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
            return exponential(number);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        String plain = String.format(Locale.ROOT, "%." + decimals + "f", number);
        return plain.contains(".") ? plain.replaceAll("\\.?0+$", "") : plain;
    }

    /** So many decimals, or like {@code 1.08e46} where that would be a long row of digits. */
    public static String decimals(double number, int decimals) {
        return Math.abs(number) < LARGEST_PLAIN
                ? String.format(Locale.ROOT, "%." + decimals + "f", number)
                : Double.isFinite(number) ? exponential(number) : "–";
    }

    private static String exponential(double number) {
        return String.format(Locale.ROOT, "%.2e", number)
                .replaceAll("\\.?0+e", "e")
                .replace("e+", "e")
                .replaceAll("e(-?)0", "e$1");
    }
}

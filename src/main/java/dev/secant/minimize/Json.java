package dev.secant.minimize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON can hold them: null where they are not finite. */
public final class Json {

    private Json() {}

    public static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    public static List<@Nullable Double> numbers(double[] values) {
        return new NumberColumn(values);
    }

    public static List<Integer> counts(int[] values) {
        return new NumberColumn.Counts(values);
    }
}

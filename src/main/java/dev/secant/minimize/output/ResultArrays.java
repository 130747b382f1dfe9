package dev.secant.minimize.output;

import dev.secant.body.io.NpzWriter;
import dev.secant.minimize.Json;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationProvenance;
import dev.secant.minimize.MinimizationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A result as arrays for NumPy: S starts, K the most recorded points of any of them; rows are padded with NaN, counts with
 * -1.
 *
 * <p>{@code x [S, n]}, {@code value [S]}, {@code gradient_norm [S]}, {@code storage [S]} (empty where it was not recorded), {@code
 * termination [S]}, and of the trajectories {@code
 * recorded_steps}, {@code values}, {@code gradient_norms}, {@code step_lengths}, {@code secant_residuals}, {@code evaluations} {@code
 * [S, K]}, and on request {@code cosines [S, K]}, {@code iterates [S, J, n]} and {@code iterate_steps [S, J]}. A baseline's have the
 * prefix {@code baseline_}.
 *
 * <p>The items are gone through once for each array, so that only one of them need be in memory.
 */
final class ResultArrays {

    private final NpzWriter out;
    private final MinimizationResult result;

    private ResultArrays(NpzWriter out, MinimizationResult result) {
        this.out = out;
        this.result = result;
    }

    static void write(MinimizationResult result, OutputStream stream) throws IOException {
        try (NpzWriter npz = new NpzWriter(stream)) {
            new ResultArrays(npz, result).write();
        }
    }

    private void write() throws IOException {
        Summary main = new Summary();
        Summary baseline = new Summary();
        int size = result.items().size();
        int[] starts = new int[size];
        List<String> storages = new ArrayList<>();
        double[] values = new double[size];
        double[] gradientNorms = new double[size];
        int s = 0;
        for (MinimizationItem item : result.items()) {
            starts[s] = item.start();
            values[s] = number(item.value());
            gradientNorms[s++] = number(item.gradientNorm());
            storages.add(storage(item));
            main.add(item.curve());
            if (item.baseline() != null) {
                baseline.add(item.baseline());
            }
        }
        out.put("start", starts, size);
        out.putRows("x", rows(MinimizationItem::x, result.dimension()), size, result.dimension());
        out.put("value", values, size);
        out.put("gradient_norm", gradientNorms, size);
        out.put("storage", storages);
        curves("", MinimizationItem::curve, main);
        if (baseline.terminations.size() == size) {
            curves("baseline_", item -> Objects.requireNonNull(item.baseline()), baseline);
        }
    }

    /** The sizes of the arrays of one solver. */
    private static final class Summary {
        private final List<String> terminations = new ArrayList<>();
        private int points;
        private int iterates;
        private boolean hasCosines;
        private boolean hasIterates;

        void add(MinimizationItem.Curve curve) {
            terminations.add(curve.termination());
            points = Math.max(points, curve.values().size());
            hasCosines |= curve.cosines() != null;
            hasIterates |= curve.iterates() != null;
            iterates = Math.max(iterates, some(curve.iterates()).size());
        }
    }

    private void curves(String prefix, Function<MinimizationItem, MinimizationItem.Curve> curve, Summary summary)
            throws IOException {
        int size = summary.terminations.size();
        int points = summary.points;
        out.put(prefix + "termination", summary.terminations);
        out.putCountRows(prefix + "recorded_steps", counts(item -> steps(curve.apply(item)), points), size, points);
        series(prefix + "values", curve.andThen(MinimizationItem.Curve::values), size, points);
        series(prefix + "gradient_norms", curve.andThen(MinimizationItem.Curve::gradientNorms), size, points);
        series(prefix + "step_lengths", curve.andThen(MinimizationItem.Curve::stepLengths), size, points);
        series(prefix + "secant_residuals", curve.andThen(MinimizationItem.Curve::secantResiduals), size, points);
        if (summary.hasCosines) {
            series(prefix + "cosines", item -> some(curve.apply(item).cosines()), size, points);
        }
        out.putCountRows(
                prefix + "evaluations",
                counts(curve.andThen(MinimizationItem.Curve::evaluationCounts), points),
                size,
                points);
        if (summary.hasIterates) {
            int n = result.dimension();
            out.putRows(
                    prefix + "iterates",
                    each(item -> iterates(some(curve.apply(item).iterates()), summary.iterates, n)),
                    size,
                    summary.iterates,
                    n);
            out.putCountRows(
                    prefix + "iterate_steps",
                    counts(
                            item -> some(curve.apply(item).iterates()).stream()
                                    .map(MinimizationItem.Iterate::step)
                                    .toList(),
                            summary.iterates),
                    size,
                    summary.iterates);
        }
    }

    private void series(String name, Function<MinimizationItem, List<@Nullable Double>> field, int size, int width)
            throws IOException {
        out.putRows(name, rows(field, width), size, width);
    }

    private Iterator<double[]> rows(Function<MinimizationItem, List<@Nullable Double>> field, int width) {
        return each(item -> {
            double[] row = new double[width];
            Arrays.fill(row, Double.NaN);
            fill(row, 0, field.apply(item));
            return row;
        });
    }

    private Iterator<int[]> counts(Function<MinimizationItem, List<Integer>> field, int width) {
        return each(item -> {
            List<Integer> counts = field.apply(item);
            int[] row = new int[width];
            Arrays.setAll(row, j -> j < counts.size() ? counts.get(j) : -1);
            return row;
        });
    }

    private <R> Iterator<R> each(Function<MinimizationItem, R> row) {
        Iterator<MinimizationItem> items = result.items().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public R next() {
                return row.apply(items.next());
            }
        };
    }

    private static String storage(MinimizationItem item) {
        MinimizationProvenance provenance = item.provenance();
        return provenance == null ? "" : provenance.storage().name();
    }

    private static double[] iterates(List<MinimizationItem.Iterate> kept, int most, int n) {
        double[] row = new double[most * n];
        Arrays.fill(row, Double.NaN);
        for (int j = 0; j < kept.size(); j++) {
            fill(row, j * n, kept.get(j).x());
        }
        return row;
    }

    private static List<Integer> steps(MinimizationItem.Curve curve) {
        int[] steps = new int[curve.values().size()];
        Arrays.setAll(steps, curve::step);
        return Json.counts(steps);
    }

    private static void fill(double[] row, int from, List<@Nullable Double> numbers) {
        int j = from;
        for (Double number : numbers) {
            row[j++] = number(number);
        }
    }

    private static double number(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }

    private static <T extends @Nullable Object> List<T> some(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}

package dev.secant.minimize.output;

import dev.secant.body.io.NpzWriter;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A result as arrays for NumPy: S starts, K the most points that any of them has; rows are filled up with NaN, counts with
 * -1.
 *
 * <p>{@code x [S, n]}, {@code value [S]}, {@code gradient_norm [S]}, {@code termination [S]}, and of the way {@code
 * values}, {@code gradient_norms}, {@code step_lengths}, {@code secant_residuals}, {@code evaluations} {@code [S, K]}, and
 * if asked for {@code cosines [S, K]}, {@code iterates [S, J, n]} and {@code iterate_steps [S, J]}. A baseline's have the
 * prefix {@code baseline_}.
 */
final class ResultArrays {

    private final NpzWriter out;
    private final int dimension;

    private ResultArrays(NpzWriter out, int dimension) {
        this.out = out;
        this.dimension = dimension;
    }

    static void write(MinimizationResult result, OutputStream stream) throws IOException {
        List<MinimizationItem> items = result.items();
        try (NpzWriter npz = new NpzWriter(stream)) {
            ResultArrays arrays = new ResultArrays(npz, result.dimension());
            npz.put("start", items.stream().mapToInt(MinimizationItem::start).toArray(), items.size());
            arrays.matrix("x", items.stream().map(MinimizationItem::x).toList(), result.dimension());
            arrays.vector("value", items.stream().map(MinimizationItem::value).toList());
            arrays.vector(
                    "gradient_norm",
                    items.stream().map(MinimizationItem::gradientNorm).toList());
            arrays.curves("", items.stream().map(MinimizationItem::curve).toList());
            List<MinimizationItem.Curve> baselines = items.stream()
                    .flatMap(item -> item.curves().stream().skip(1))
                    .toList();
            if (baselines.size() == items.size()) {
                arrays.curves("baseline_", baselines);
            }
        }
    }

    private void curves(String prefix, List<MinimizationItem.Curve> curves) throws IOException {
        int points =
                curves.stream().mapToInt(curve -> curve.values().size()).max().orElse(0);
        out.put(
                prefix + "termination",
                curves.stream().map(MinimizationItem.Curve::termination).toList());
        series(prefix + "values", curves, MinimizationItem.Curve::values, points);
        series(prefix + "gradient_norms", curves, MinimizationItem.Curve::gradientNorms, points);
        series(prefix + "step_lengths", curves, MinimizationItem.Curve::stepLengths, points);
        series(prefix + "secant_residuals", curves, MinimizationItem.Curve::secantResiduals, points);
        if (curves.get(0).cosines() != null) {
            series(prefix + "cosines", curves, curve -> some(curve.cosines()), points);
        }
        counts(
                prefix + "evaluations",
                curves.stream().map(MinimizationItem.Curve::evaluationCounts).toList(),
                points);
        if (curves.get(0).iterates() != null) {
            iterates(
                    prefix, curves.stream().map(curve -> some(curve.iterates())).toList());
        }
    }

    private void iterates(String prefix, List<List<MinimizationItem.Iterate>> kept) throws IOException {
        int most = kept.stream().mapToInt(List::size).max().orElse(0);
        double[] points = new double[kept.size() * most * dimension];
        Arrays.fill(points, Double.NaN);
        for (int s = 0; s < kept.size(); s++) {
            for (int j = 0; j < kept.get(s).size(); j++) {
                fill(points, (s * most + j) * dimension, kept.get(s).get(j).x());
            }
        }
        out.put(prefix + "iterates", points, kept.size(), most, dimension);
        List<List<Integer>> steps = kept.stream()
                .map(some -> some.stream().map(MinimizationItem.Iterate::step).toList())
                .toList();
        counts(prefix + "iterate_steps", steps, most);
    }

    private void series(
            String name,
            List<MinimizationItem.Curve> curves,
            Function<MinimizationItem.Curve, List<@Nullable Double>> field,
            int width)
            throws IOException {
        matrix(name, curves.stream().map(field).toList(), width);
    }

    private void matrix(String name, List<List<@Nullable Double>> rows, int width) throws IOException {
        double[] flat = new double[rows.size() * width];
        Arrays.fill(flat, Double.NaN);
        for (int i = 0; i < rows.size(); i++) {
            fill(flat, i * width, rows.get(i));
        }
        out.put(name, flat, rows.size(), width);
    }

    private void vector(String name, List<@Nullable Double> numbers) throws IOException {
        double[] flat = new double[numbers.size()];
        Arrays.fill(flat, Double.NaN);
        fill(flat, 0, numbers);
        out.put(name, flat, flat.length);
    }

    private void counts(String name, List<List<Integer>> rows, int width) throws IOException {
        int[] flat = new int[rows.size() * width];
        Arrays.fill(flat, -1);
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).size(); j++) {
                flat[i * width + j] = rows.get(i).get(j);
            }
        }
        out.put(name, flat, rows.size(), width);
    }

    private static void fill(double[] flat, int from, List<@Nullable Double> numbers) {
        for (int j = 0; j < numbers.size(); j++) {
            Double number = numbers.get(j);
            flat[from + j] = number == null ? Double.NaN : number;
        }
    }

    private static <T extends @Nullable Object> List<T> some(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}

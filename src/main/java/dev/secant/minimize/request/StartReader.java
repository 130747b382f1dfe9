package dev.secant.minimize.request;

import dev.secant.minimize.BoundsTransform;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationRequest.StartSampling;
import dev.secant.objective.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Reads bounds and starts. */
final class StartReader {

    private static final int MAX_STARTS = 10_000;
    private static final long MAX_NUMBERS = 10_000_000;

    private final Violations violations;

    StartReader(Violations violations) {
        this.violations = violations;
    }

    /** The box of the bounds, or null if there are none. */
    @Nullable
    BoundsTransform box(MinimizationRequest.@Nullable Bounds bounds, int n) {
        if (bounds == null) {
            return null;
        }
        double[] lower = corner(bounds.lower(), n, "/bounds/lower", Double.NEGATIVE_INFINITY);
        double[] upper = corner(bounds.upper(), n, "/bounds/upper", Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            if (!(lower[i] < upper[i])) {
                violations.add(
                        "/bounds/lower"
                                + (bounds.lower() != null && bounds.lower().size() > 1 ? "/" + i : ""),
                        "The lower bound (%s) must be below the upper bound (%s).".formatted(lower[i], upper[i]));
                return null;
            }
        }
        return new BoundsTransform(lower, upper);
    }

    /** All starts, given or drawn. */
    double[][] starts(MinimizationRequest request, ObjectiveReader.Read read, @Nullable BoundsTransform box) {
        int n = read.definition().dimension();
        List<double[]> starts = new ArrayList<>();
        List<@Nullable List<@Nullable Double>> given = request.starts() == null ? List.of() : request.starts();
        for (int i = 0; i < Math.min(given.size(), MAX_STARTS); i++) {
            double[] start = point(given.get(i), n, "/starts/" + i);
            if (start != null) {
                starts.add(start);
            }
        }
        CatalogueEntry entry = read.entry();
        if (request.sampling() != null) {
            starts.addAll(drawn(request.sampling(), entry, box, n));
        } else if (given.isEmpty() && entry != null) {
            starts.add(entry.start(n));
        }
        if (given.size() > MAX_STARTS || starts.size() > MAX_STARTS || (long) starts.size() * n > MAX_NUMBERS) {
            violations.add(
                    "/starts",
                    "At most %d starts and %d numbers are taken at once.".formatted(MAX_STARTS, MAX_NUMBERS));
        } else if (starts.isEmpty() && violations.isEmpty()) {
            violations.add("/starts", "There must be a start, or a sampling.");
        }
        return starts.toArray(double[][]::new);
    }

    private double @Nullable [] point(@Nullable List<@Nullable Double> numbers, int n, String pointer) {
        if (numbers == null || numbers.size() != n) {
            violations.add(
                    pointer,
                    "A start must be a list of %d numbers, not %s."
                            .formatted(n, numbers == null ? "null" : numbers.size()));
            return null;
        }
        double[] point = new double[n];
        for (int i = 0; i < n; i++) {
            Double number = numbers.get(i);
            if (number == null || !Double.isFinite(number)) {
                violations.add(pointer + "/" + i, "It must be a finite number.");
                return null;
            }
            point[i] = number;
        }
        return point;
    }

    private List<double[]> drawn(
            StartSampling sampling, @Nullable CatalogueEntry entry, @Nullable BoundsTransform box, int n) {
        int count = sampling.count() == null ? 1 : sampling.count();
        boolean valid = violations.require(
                count >= 1 && count <= MAX_STARTS && (long) count * n <= MAX_NUMBERS,
                "/sampling/count",
                "The count (%d) must be from 1 to %d.".formatted(count, MAX_STARTS));
        double[] lower = side(
                sampling.lower(),
                box == null ? null : box.lower(),
                entry == null ? null : entry.lower(n),
                n,
                "/sampling/lower");
        double[] upper = side(
                sampling.upper(),
                box == null ? null : box.upper(),
                entry == null ? null : entry.upper(n),
                n,
                "/sampling/upper");
        for (int i = 0; valid && i < n; i++) {
            valid = violations.require(
                    lower[i] <= upper[i] && Double.isFinite(upper[i] - lower[i]),
                    "/sampling",
                    "Sampling needs a finite box: from %s to %s is none.".formatted(lower[i], upper[i]));
        }
        List<double[]> starts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(sampling.seed() == null ? 0 : sampling.seed());
        for (int s = 0; valid && s < count; s++) {
            double[] start = new double[n];
            Arrays.setAll(start, i -> lower[i] + (upper[i] - lower[i]) * random.nextDouble());
            starts.add(start);
        }
        return starts;
    }

    private double[] side(
            @Nullable List<@Nullable Double> given,
            double @Nullable [] bound,
            double @Nullable [] domain,
            int n,
            String pointer) {
        if (given != null) {
            return corner(given, n, pointer, Double.NaN);
        }
        if (bound != null) {
            return bound;
        }
        return domain == null ? corner(null, n, pointer, Double.NaN) : domain;
    }

    private double[] corner(@Nullable List<@Nullable Double> given, int n, String pointer, double otherwise) {
        double[] corner = new double[n];
        Arrays.fill(corner, otherwise);
        if (given == null) {
            return corner;
        }
        if (given.size() != n && given.size() != 1) {
            violations.add(
                    pointer, "There must be 1 number for all variables, or %d; not %d.".formatted(n, given.size()));
            return corner;
        }
        for (int i = 0; i < n; i++) {
            Double number = given.get(given.size() == 1 ? 0 : i);
            corner[i] = number == null ? otherwise : number;
        }
        return corner;
    }
}

package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.PerformanceProfile;
import dev.secant.evaluation.trial.ProfileBudget;
import dev.secant.evaluation.trial.ProfileResults;
import dev.secant.plot.LineChart;
import dev.secant.text.NumberFormats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The figures of {@link ProfilesReport}. */
enum ProfileFigure {
    ITERATIONS("profiles-iterations.svg"),
    EVALUATIONS("profiles-evaluations.svg"),
    WALL_CLOCK("profiles-clock.svg"),
    EVALUATIONS_TO_TARGET("profiles-evaluations-to-target.svg"),
    TIME_TO_TARGET("profiles-time-to-target.svg");

    /** The target that the curves show; the tables have all. */
    static final double TARGET = 1e-3;

    private static final double LARGEST_FACTOR = 1e6;
    private static final LineChart.Axis SHARE = new LineChart.Axis("share of cases", false);

    private final String file;

    ProfileFigure(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    LineChart chart(ProfilesReport.Settings settings, ProfileResults results) {
        return switch (this) {
            case ITERATIONS -> profile(ProfileBudget.ITERATIONS, settings, results);
            case EVALUATIONS -> profile(ProfileBudget.EVALUATIONS, settings, results);
            case WALL_CLOCK -> profile(ProfileBudget.WALL_CLOCK, settings, results);
            case EVALUATIONS_TO_TARGET ->
                toTarget("evaluations", results, run -> run.clock().evaluationsTo(TARGET));
            case TIME_TO_TARGET ->
                toTarget("milliseconds", results, run -> 1000 * run.clock().secondsTo(TARGET));
        };
    }

    private static LineChart profile(ProfileBudget kind, ProfilesReport.Settings settings, ProfileResults results) {
        PerformanceProfile profile = results.profile(kind.gap(settings.budget()));
        List<LineChart.Series> curves = new ArrayList<>();
        for (int s = 0; s < results.solvers().size(); s++) {
            curves.add(profile.curve(s, results.solvers().get(s), LARGEST_FACTOR));
        }
        return new LineChart(
                "Performance profile after " + kind.amount(settings.budget()),
                new LineChart.Axis("gap at most tau times the best solver's", true),
                SHARE,
                curves);
    }

    private static LineChart toTarget(String unit, ProfileResults results, Function<ProfileResults.Run, Double> spent) {
        List<double[]> all = IntStream.range(0, results.solvers().size())
                .mapToObj(s -> results.measures(s, spent::apply))
                .toList();
        double[] reached = all.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .toArray();
        double first = Arrays.stream(reached).min().orElse(1);
        double last = Arrays.stream(reached).max().orElse(10);
        List<LineChart.Series> curves = new ArrayList<>();
        for (int s = 0; s < all.size(); s++) {
            curves.add(LineChart.Series.cumulative(results.solvers().get(s), all.get(s), first, last));
        }
        return new LineChart(
                "Cases whose gap fell to %s of the start's".formatted(NumberFormats.format(TARGET)),
                new LineChart.Axis(unit, true),
                SHARE,
                curves);
    }
}

package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.PerformanceProfile;
import dev.secant.evaluation.trial.ProfileBudget;
import dev.secant.evaluation.trial.ProfileResults;
import dev.secant.evaluation.trial.RunBudget;
import dev.secant.evaluation.trial.TunedSolver;
import dev.secant.text.CsvTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The numbers of {@link ProfilesReport}. */
final class ProfilesCsv {

    private ProfilesCsv() {}

    /** One row for each solver on each case; empty fields where it does not take part. */
    static String cases(RunBudget budget, ProfileResults results) {
        List<String> header = new ArrayList<>(List.of("function", "n", "start", "solver", "start_gap"));
        for (ProfileBudget kind : ProfileBudget.values()) {
            String stem = kind.name().toLowerCase(Locale.ROOT);
            header.addAll(List.of("gap_at_" + stem, "measure_at_" + stem, "ratio_at_" + stem));
        }
        for (double target : ProfilesTables.TARGETS) {
            String stem = String.format(Locale.ROOT, "%.0e", target);
            header.addAll(List.of("evaluations_to_" + stem, "ms_to_" + stem));
        }
        Map<ProfileBudget, PerformanceProfile> profiles = new EnumMap<>(ProfileBudget.class);
        for (ProfileBudget kind : ProfileBudget.values()) {
            profiles.put(kind, results.profile(kind.gap(budget)));
        }
        CsvTable table = new CsvTable(header.toArray(String[]::new));
        for (int c = 0; c < results.cases().size(); c++) {
            for (int s = 0; s < results.solvers().size(); s++) {
                table.row(row(budget, results, profiles, c, s).toArray());
            }
        }
        return table.toString();
    }

    private static List<String> row(
            RunBudget budget, ProfileResults results, Map<ProfileBudget, PerformanceProfile> profiles, int c, int s) {
        ProfileResults.Case at = results.cases().get(c);
        List<String> row = new ArrayList<>(List.of(
                at.problem().family().name(),
                Integer.toString(at.problem().dimension()),
                Integer.toString(at.start()),
                results.solvers().get(s),
                number(at.startGap())));
        profiles.forEach((kind, profile) -> {
            double[] gaps = at.measures(kind.gap(budget));
            row.add(number(gaps[s]));
            row.add(number(PerformanceProfile.measure(gaps[s], gaps)));
            row.add(number(profile.ratio(s, c)));
        });
        Optional<ProfileResults.Run> run = at.runs().get(s);
        for (double target : ProfilesTables.TARGETS) {
            row.add(number(run.map(r -> r.clock().evaluationsTo(target)).orElse(Double.NaN)));
            row.add(number(run.map(r -> 1000 * r.clock().secondsTo(target)).orElse(Double.NaN)));
        }
        return row;
    }

    private static String number(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.6g", number) : "";
    }

    /** Every learning rate that was tried. */
    static String rates(List<TunedSolver> tuned) {
        CsvTable table = new CsvTable("function", "n", "solver", "rate", "score", "failed", "evaluations", "best");
        for (TunedSolver solver : tuned) {
            for (TunedSolver.Tuning tuning : solver.tunings()) {
                tuning.report()
                        .tried()
                        .forEach(tried -> table.row(
                                tuning.problem().family().name(),
                                tuning.problem().dimension(),
                                solver.name(),
                                String.format(Locale.ROOT, "%.4g", tried.rate()),
                                number(tried.score()),
                                tried.failed(),
                                tried.evaluations(),
                                tried.equals(tuning.report().best())));
            }
        }
        return table.toString();
    }
}

package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.PerformanceProfile;
import dev.secant.evaluation.trial.ProfileBudget;
import dev.secant.evaluation.trial.ProfileResults;
import dev.secant.evaluation.trial.RunBudget;
import dev.secant.evaluation.trial.TunedSolver;
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
        List<String> lines = new ArrayList<>();
        StringBuilder header = new StringBuilder("function,n,start,solver,start_gap");
        for (ProfileBudget kind : ProfileBudget.values()) {
            String stem = kind.name().toLowerCase(Locale.ROOT);
            header.append(",gap_at_%s,measure_at_%s,ratio_at_%s".formatted(stem, stem, stem));
        }
        for (double target : ProfilesTables.TARGETS) {
            header.append(String.format(Locale.ROOT, ",evaluations_to_%.0e,ms_to_%.0e", target, target));
        }
        lines.add(header.toString());
        Map<ProfileBudget, PerformanceProfile> profiles = new EnumMap<>(ProfileBudget.class);
        for (ProfileBudget kind : ProfileBudget.values()) {
            profiles.put(kind, results.profile(kind.gap(budget)));
        }
        for (int c = 0; c < results.cases().size(); c++) {
            for (int s = 0; s < results.solvers().size(); s++) {
                lines.add(row(budget, results, profiles, c, s));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(
            RunBudget budget, ProfileResults results, Map<ProfileBudget, PerformanceProfile> profiles, int c, int s) {
        ProfileResults.Case at = results.cases().get(c);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s,%d,%d,\"%s\",%.6g",
                at.problem().family().name(),
                at.problem().dimension(),
                at.start(),
                results.solvers().get(s),
                at.startGap()));
        profiles.forEach((kind, profile) -> {
            double[] gaps = at.measures(kind.gap(budget));
            append(line, gaps[s]);
            append(line, PerformanceProfile.measure(gaps[s], gaps));
            append(line, profile.ratio(s, c));
        });
        Optional<ProfileResults.Run> run = at.runs().get(s);
        for (double target : ProfilesTables.TARGETS) {
            append(line, run.map(r -> r.clock().evaluationsTo(target)).orElse(Double.NaN));
            append(line, run.map(r -> 1000 * r.clock().secondsTo(target)).orElse(Double.NaN));
        }
        return line.toString();
    }

    private static void append(StringBuilder line, double number) {
        line.append(Double.isFinite(number) ? String.format(Locale.ROOT, ",%.6g", number) : ",");
    }

    /** Every learning rate that was tried. */
    static String rates(List<TunedSolver> tuned) {
        List<String> lines = new ArrayList<>(List.of("function,n,solver,rate,score,failed,evaluations,best"));
        for (TunedSolver solver : tuned) {
            for (TunedSolver.Tuning tuning : solver.tunings()) {
                tuning.report()
                        .tried()
                        .forEach(tried -> lines.add(String.format(
                                Locale.ROOT,
                                "%s,%d,\"%s\",%.4g,%.6g,%d,%d,%s",
                                tuning.problem().family().name(),
                                tuning.problem().dimension(),
                                solver.name(),
                                tried.rate(),
                                tried.score(),
                                tried.failed(),
                                tried.evaluations(),
                                tried.equals(tuning.report().best()))));
            }
        }
        return String.join("\n", lines) + "\n";
    }
}

package dev.secant.evaluation.report;

import dev.secant.evaluation.trial.PerformanceProfile;
import dev.secant.evaluation.trial.ProfileBudget;
import dev.secant.evaluation.trial.ProfileResults;
import dev.secant.evaluation.trial.RunBudget;
import dev.secant.text.MarkdownTable;
import dev.secant.text.NumberFormats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Markdown of {@link ProfilesReport}.
 *
 * @param settings what was measured
 * @param results what came of it
 */
record ProfilesTables(ProfilesReport.Settings settings, ProfileResults results) {

    /** Shares of the start's gap. */
    static final double[] TARGETS = {1e-1, 1e-3, 1e-6};

    private static final double[] FACTORS = {1, 2, 10, 100};

    String markdown(String command) {
        List<String> lines = new ArrayList<>(List.of("# Performance profiles", "", intro(command)));
        for (ProfileBudget kind : ProfileBudget.values()) {
            lines.addAll(profile(kind));
        }
        lines.addAll(targets());
        return String.join("\n", lines) + "\n";
    }

    private String intro(String command) {
        RunBudget budget = settings.budget();
        return String.format(
                Locale.ROOT,
                """
                The problems of L-SR1 (arXiv 2508.12270, section 5.1.2): diagonal quadratics of the condition numbers 1, 100, 1000 and \
                10,000, Rosenbrock's and Rastrigin's function, each in %s variables. Random starts of each: %d. The %d cases are run one by \
                one in float64 on one thread, seed %d. A quadratic's eigenvalues are evenly spaced on a logarithmic scale from 1 / condition \
                to 1, both included; its minimizer is uniform in [-1, 1]^n. Diagonal quadratics and Rastrigin's function, five sixths of the \
                cases, are separable, which favours methods with a diagonal.

                A profile (Dolan and Moré, 2002) gives the share of the cases in which a solver's gap `f_s - f*` is at most tau times that \
                of the best solver. The paper's measure is `(f_s - f*) / (f_worst - f*)`; its denominator is the same for all solvers, so it \
                cancels. `f_s` is the lowest value within the budget, so no solver is worse than the start. Gaps that differ by less than \
                1e-12 of the start's are ties, and lower ones count as 1e-12: what is below is rounding. A solver that found nothing lower \
                than the start, or does not take part (BFGS above 500 variables; L-SR1 on families that it was not trained on), has not \
                solved the case. A learned method has the checkpoint of the problem's family, or, where there is none, the one trained on \
                several families; "alone" means the latter everywhere.

                Limited memories keep 16 pairs; SR1 is the classical one, in a trust region. Adam, AdaHessian, Nesterov's gradient and \
                gradient descent have the best learning rate of a grid for each problem, chosen on these very starts over %d iterations, \
                which favours them; `profiles-rates.csv` lists what was tried. A Hessian-vector product counts as two evaluations, so \
                Newton-CG spends many in an iteration. Times include the functions, which are tensor functions with automatic gradients, and \
                hold for the machine that they were measured on. Regenerate with

                ```sh
                %s
                ```""",
                Arrays.stream(settings.dimensions()).mapToObj(Integer::toString).collect(Collectors.joining(", ")),
                settings.starts(),
                results.cases().size(),
                settings.seed(),
                budget.iterations(),
                command);
    }

    private List<String> profile(ProfileBudget kind) {
        PerformanceProfile profile = results.profile(kind.gap(settings.budget()));
        List<String> lines = new ArrayList<>(List.of("", "## After " + kind.amount(settings.budget()), ""));
        MarkdownTable table = new MarkdownTable(Stream.concat(
                        Stream.of("share of cases within tau of the best"),
                        Arrays.stream(FACTORS).mapToObj(tau -> "tau = " + NumberFormats.format(tau)))
                .toList());
        for (int s = 0; s < results.solvers().size(); s++) {
            int solver = s;
            table.row(Stream.concat(
                            Stream.of(results.solvers().get(s)),
                            Arrays.stream(FACTORS)
                                    .mapToObj(tau -> NumberFormats.decimals(profile.share(solver, tau), 2)))
                    .toList());
        }
        lines.addAll(table.lines());
        String file = ProfileFigure.valueOf(kind.name()).file();
        lines.addAll(List.of("", "![Performance profile](%s)".formatted(file)));
        return lines;
    }

    private List<String> targets() {
        List<String> lines = new ArrayList<>(List.of("", "## To targets", ""));
        lines.add(String.format(
                Locale.ROOT,
                """
                The share of the cases in which the gap fell to a fraction of the start's within %s s, and the medians over all cases of the \
                evaluations and of the wall clock until then (a dash where fewer than half got there). Rastrigin's function, a sixth of the \
                cases, has local minima.""",
                NumberFormats.format(settings.budget().limitSeconds())));
        lines.add("");
        List<String> header = new ArrayList<>(List.of("solver"));
        for (double target : TARGETS) {
            header.addAll(List.of(NumberFormats.format(target) + ": cases", "evaluations", "ms"));
        }
        MarkdownTable table = new MarkdownTable(header);
        for (int s = 0; s < results.solvers().size(); s++) {
            List<String> row = new ArrayList<>(List.of(results.solvers().get(s)));
            for (double target : TARGETS) {
                double[] seconds = results.measures(s, run -> run.clock().secondsTo(target));
                double reached =
                        (double) Arrays.stream(seconds).filter(Double::isFinite).count() / seconds.length;
                row.addAll(List.of(
                        NumberFormats.decimals(reached, 2),
                        median(s, run -> run.clock().evaluationsTo(target)),
                        median(s, run -> 1000 * run.clock().secondsTo(target))));
            }
            table.row(row);
        }
        lines.addAll(table.lines());
        lines.addAll(List.of(
                "",
                "![Evaluations to target](%s)".formatted(ProfileFigure.EVALUATIONS_TO_TARGET.file()),
                "![Time to target](%s)".formatted(ProfileFigure.TIME_TO_TARGET.file())));
        return lines;
    }

    private String median(int solver, ToDoubleFunction<ProfileResults.Run> measure) {
        double[] sorted = results.measures(solver, measure);
        Arrays.sort(sorted);
        return NumberFormats.format(sorted[sorted.length / 2]);
    }
}

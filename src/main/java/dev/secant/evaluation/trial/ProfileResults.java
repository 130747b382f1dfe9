package dev.secant.evaluation.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Every solver's runs on every case; a case is one start of one problem. */
public final class ProfileResults {

    private final List<String> solvers;
    private final List<Case> cases = new ArrayList<>();

    /**
     * A solver's two runs on a case.
     *
     * @param iterations of a fixed number of iterations
     * @param clock until the time is up
     */
    public record Run(Trace iterations, Trace clock) {}

    /**
     * A case.
     *
     * @param runs by solver; empty where it does not take part
     */
    public record Case(ProfileProblem problem, int start, List<Optional<Run>> runs) {

        public double startGap() {
            return runs.stream()
                    .flatMap(Optional::stream)
                    .mapToDouble(run -> run.iterations().startGap())
                    .findFirst()
                    .orElse(Double.NaN);
        }

        /** By solver; infinite where it does not take part. */
        public double[] measures(ToDoubleFunction<Run> measure) {
            return runs.stream()
                    .mapToDouble(run -> run.map(measure::applyAsDouble).orElse(Double.POSITIVE_INFINITY))
                    .toArray();
        }
    }

    public ProfileResults(List<String> solvers) {
        this.solvers = List.copyOf(solvers);
    }

    public void add(ProfileProblem problem, int start, List<Optional<Run>> runs) {
        cases.add(new Case(problem, start, List.copyOf(runs)));
    }

    public List<String> solvers() {
        return solvers;
    }

    public List<Case> cases() {
        return cases;
    }

    /** A measure of one solver on every case; infinite where it does not take part. */
    public double[] measures(int solver, ToDoubleFunction<Run> measure) {
        return cases.stream().mapToDouble(c -> c.measures(measure)[solver]).toArray();
    }

    /** The profile by a gap. */
    public PerformanceProfile profile(ToDoubleFunction<Run> gap) {
        double[][] gaps = new double[solvers.size()][];
        for (int s = 0; s < gaps.length; s++) {
            gaps[s] = measures(s, gap);
        }
        return new PerformanceProfile(
                gaps, cases.stream().mapToDouble(Case::startGap).toArray());
    }
}

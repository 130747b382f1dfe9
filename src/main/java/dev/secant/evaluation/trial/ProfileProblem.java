package dev.secant.evaluation.trial;

import dev.secant.problems.DiagonalQuadratics;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.Quadratics;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import java.util.ArrayList;
import java.util.List;

/**
 * One problem of a performance profile.
 *
 * @param family the functions
 * @param trainedFamily the family whose L-SR1 is for it: {@code quadratic}, {@code rosenbrock} or {@code rastrigin}
 * @param dimension n
 */
public record ProfileProblem(ProblemFamily family, String trainedFamily, int dimension) {

    private static final double[] CONDITIONS = {1, 100, 1_000, 10_000};

    /**
     * Six functions in each dimension; the published 30 problems with 50, 100, 250, 500 and 1000 variables (L-SR1, arXiv
     * 2508.12270, section 5.1.2).
     */
    public static List<ProfileProblem> published(int[] dimensions) {
        List<ProfileProblem> problems = new ArrayList<>();
        for (int n : dimensions) {
            for (double condition : CONDITIONS) {
                problems.add(new ProfileProblem(new DiagonalQuadratics(condition), new Quadratics().name(), n));
            }
            Rosenbrock rosenbrock = new Rosenbrock();
            Rastrigin rastrigin = new Rastrigin();
            problems.add(new ProfileProblem(rosenbrock, rosenbrock.name(), n));
            problems.add(new ProfileProblem(rastrigin, rastrigin.name(), n));
        }
        return problems;
    }
}

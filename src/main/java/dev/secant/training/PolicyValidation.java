package dev.secant.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Measures a policy on fixed problems beside the untrained one. */
final class PolicyValidation {

    private static final int ITEMS = 32;
    private static final long SEED = 20_252;

    private final PolicyTrial trial;
    private final List<Test> tests = new ArrayList<>();

    /**
     * A set of problems.
     *
     * @param name of the family and the dimension
     * @param untrained the loss of the untrained policy
     */
    private record Test(String name, ProblemSet problems, double untrained) {}

    /** Draws the problems: of each family, at the least and at the largest dimension. */
    PolicyValidation(SecantTraining.Settings settings, PolicyTrial trial, NDManager manager) {
        this.trial = trial;
        SplittableRandom random = new SplittableRandom(SEED);
        for (ProblemFamily family : settings.families()) {
            for (int n : new int[] {settings.leastDimension(), settings.largestDimension()}) {
                ProblemSet problems = family.draw(ITEMS, n, DataType.FLOAT64, random, manager);
                double untrained = trial.losses(List.of(SecantPolicy.UNTRAINED), problems)[0];
                tests.add(new Test("%s_%d".formatted(family.name().replace('-', '_'), n), problems, untrained));
            }
        }
    }

    /** {@code gain} and the loss on each set. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("gain"));
        tests.forEach(test -> columns.add(test.name()));
        return columns;
    }

    /**
     * Measures.
     *
     * @return the mean over the sets of the loss's change from the untrained policy's, in decades of the gap (negative is better),
     *     and the loss on each set
     */
    double[] measure(SecantPolicy policy) {
        double[] measured = new double[tests.size() + 1];
        for (int i = 0; i < tests.size(); i++) {
            Test test = tests.get(i);
            measured[i + 1] = trial.losses(List.of(policy), test.problems())[0];
            measured[0] += (measured[i + 1] - test.untrained()) / tests.size();
        }
        return measured;
    }
}

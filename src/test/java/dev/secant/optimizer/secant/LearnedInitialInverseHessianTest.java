package dev.secant.optimizer.secant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.policy.ProblemFeatures;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.optimizer.policy.StepAdvice;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LearnedInitialInverseHessianTest {

    @Property(tries = 50)
    void isSymmetricAndPositiveDefiniteWhateverWasLearned(
            @ForAll @IntRange(min = 1, max = 200) int seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        Random random = new Random(seed);
        LearnedInitialInverseHessian initialInverse =
                new LearnedInitialInverseHessian(SecantQuasiNewtonPropertiesTest.policy(seed), n);
        for (int k = 0; k < 6; k++) {
            initialInverse.learn(normals(random, n), normals(random, n), new PairNumbers());
            initialInverse.shape(normals(random, n), gradient -> normals(random, n), new Shaping(0.9, 0.5, 0.96, 0.1));
        }
        double[] a = normals(random, n);
        double[] b = normals(random, n);
        double size = Vectors.dot(a, initialInverse.times(a)) + Vectors.dot(b, initialInverse.times(b));
        assertThat(Vectors.dot(a, initialInverse.times(a))).isPositive();
        assertThat(Vectors.dot(a, initialInverse.times(b)))
                .isEqualTo(Vectors.dot(b, initialInverse.times(a)), within(1e-9 * size));
    }

    /** Two pairs tell the curvatures of a separable quadratic, so that the base is its inverse Hessian up to a factor. */
    @Test
    void knowsTheInverseOfASeparableQuadratic() {
        double[] curvatures = {1, 100, 0.01, 7};
        LearnedInitialInverseHessian initialInverse =
                new LearnedInitialInverseHessian(SecantPolicy.UNTRAINED, curvatures.length);
        Random random = new Random(1);
        CurvatureSummary summary = new CurvatureSummary();
        for (int k = 0; k < 2; k++) {
            double[] step = normals(random, curvatures.length);
            learn(initialInverse, summary, step, product(curvatures, step));
        }
        assertThat(summary.agreement()).isEqualTo(1, within(1e-12));
        initialInverse.shape(normals(random, 4), gradient -> normals(random, 4), shaping(summary));
        double[] ones = initialInverse.times(curvatures);
        for (double one : ones) {
            assertThat(one).isEqualTo(ones[0], within(1e-9 * ones[0]));
        }
    }

    @Test
    void doesNotBelieveCurvaturesThatForetoldNothing() {
        LearnedInitialInverseHessian initialInverse = new LearnedInitialInverseHessian(SecantPolicy.UNTRAINED, 3);
        CurvatureSummary summary = new CurvatureSummary();
        learn(initialInverse, summary, new double[] {1, 1, 1}, new double[] {1, 5, 9});
        learn(initialInverse, summary, new double[] {1, 1, 1}, new double[] {9, 5, 1});
        initialInverse.shape(new double[] {1, 2, 3}, gradient -> new double[] {-1, -2, -3}, shaping(summary));
        assertThat(initialInverse.times(new double[] {1, 2, 3})).containsExactly(1, 2, 3);
    }

    private static void learn(
            LearnedInitialInverseHessian initialInverse, CurvatureSummary summary, double[] step, double[] change) {
        PairNumbers pair = new PairNumbers();
        initialInverse.learn(step, change, pair);
        summary.learn(pair, step.length);
    }

    private static Shaping shaping(CurvatureSummary summary) {
        return Shaping.of(SecantPolicy.UNTRAINED.constants(), summary, StepAdvice.NONE, ProblemFeatures.Past.NONE);
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            product[j] = a[j] * b[j];
        }
        return product;
    }

    private static double[] normals(Random random, int n) {
        return random.doubles(n).map(unused -> random.nextGaussian()).toArray();
    }
}

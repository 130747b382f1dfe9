package dev.secant.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.minimize.run.SolverRun;
import dev.secant.optimizer.Convergence;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that goes on from another's result: whose point is the answer. */
class MergedRunsTest {

    private static final double[] FIRST = {1};
    private static final double[] SECOND = {2};

    @ParameterizedTest
    @CsvSource({
        // values of the first, of the same point for the second, and of the second's result; its gradient norm; taken?
        "3, 3, 2.9, 5, true",
        "3, 3, 3.0000000000000004, 1e-9, true",
        "3, 3, 3.0000000000000004, 2, false",
        "3, 3.0000000000003, 3.0000000000003, 1e-9, true",
        "3, 3, 3.0000001, 1e-9, false",
        "3, 4, 4, 1e-9, false"
    })
    void isTheLowerOrAsLowAndFlatter(double value, double again, double next, double norm, boolean taken) {
        SolverRun merged = run(FIRST, Storage.TENSORS, value, 1, Termination.STALLED, value)
                .then(run(SECOND, Storage.ARRAYS, next, norm, Termination.CONVERGED, again, next), Math.ulp(1.0));
        assertThat(merged.x()).isEqualTo(taken ? SECOND : FIRST);
        assertThat(merged.storage()).isEqualTo(taken ? Storage.ARRAYS : Storage.TENSORS);
        assertThat(merged.outcome().value()).isEqualTo(taken ? next : value);
        assertThat(merged.outcome().gradientNorm()).isEqualTo(taken ? norm : 1);
    }

    private static SolverRun run(
            double[] x, Storage storage, double value, double norm, Termination termination, double... values) {
        double[] none = new double[values.length];
        return new SolverRun(
                x,
                storage,
                new Optimum.Outcome(
                        value,
                        norm,
                        values.length - 1,
                        values.length,
                        termination,
                        termination == Termination.CONVERGED ? Convergence.GRADIENT : Convergence.NONE,
                        IntStream.range(0, values.length).toArray(),
                        values,
                        none,
                        none,
                        none,
                        new int[values.length],
                        0),
                List.of(),
                List.of(),
                new double[0],
                Integer.MAX_VALUE);
    }
}

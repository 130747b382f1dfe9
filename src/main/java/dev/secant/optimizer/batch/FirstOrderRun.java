package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.tensor.MemoryScope;
import java.util.function.Function;

/** The loop of the methods that take each step as they compute it: one evaluation a step, no search. */
public final class FirstOrderRun {

    private FirstOrderRun() {}

    /** A method's state in one batch. */
    public interface Update extends AutoCloseable {

        /** What a step costs. */
        default int evaluations() {
            return 1;
        }

        /** The next displacements of the running items, {@code [A, n]}, from the run's current gradients. */
        NDArray displacement();

        /** Only these rows still run. */
        void keep(RowSelection rows);

        @Override
        void close();
    }

    @SuppressWarnings("try")
    public static Optimum minimize(
            Objective objective,
            Points start,
            StopRule rule,
            Observer observer,
            Function<TensorBatchRun, Update> method) {
        try (TensorBatchRun run = TensorBatchRun.begin(objective, start, rule, observer);
                Update update = method.apply(run)) {
            while (run.isActive()) {
                try (MemoryScope scope = MemoryScope.open()) {
                    update.keep(run.afford(update.evaluations()));
                    if (run.isActive()) {
                        update.keep(run.accept(run.evaluate(update.displacement())));
                    }
                }
            }
            return run.finish();
        }
    }

    public static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The %s (%s) must be positive and finite.".formatted(name, value));
        }
    }

    public static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("The %s (%s) must lie in [0, 1).".formatted(name, value));
        }
    }
}

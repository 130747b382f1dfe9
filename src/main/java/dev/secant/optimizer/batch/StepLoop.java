package dev.secant.optimizer.batch;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import java.util.function.Function;

/** The loop of the methods that take each step as they compute it: one evaluation a step, no search. */
public final class StepLoop {

    private StepLoop() {}

    /** A method's state in one batch. */
    public interface StepMethod extends AutoCloseable {

        /** What a step costs. */
        default int evaluations() {
            return 1;
        }

        /** The next displacements of the running items, {@code [A, n]}, from the run's current points. */
        Block displacement();

        /** Asks for numbers that are read back together with the next point's value. */
        default void measure(BatchEvaluation next) {}

        /** Sees the next points before they are taken. */
        default void learn(BatchEvaluation next) {}

        /** Only these rows still run; never called with none. */
        default void keep(RowSelection rows) {}

        @Override
        default void close() {}
    }

    /**
     * Minimizes a batch.
     *
     * @param method makes the method's state, after the start was evaluated
     */
    public static Optimum minimize(
            Objective objective,
            Points start,
            Execution execution,
            StopRule rule,
            Observer observer,
            Function<BatchRun, StepMethod> method) {
        try (BatchRun run = BatchRun.begin(objective, start, execution, rule, observer);
                StepMethod state = method.apply(run)) {
            run.repeat(() -> step(run, state));
            return run.finish();
        }
    }

    private static void step(BatchRun run, StepMethod method) {
        if (!keep(run, method, run.afford(method.evaluations()))) {
            return;
        }
        BatchEvaluation next = run.evaluate(run.all(), method.displacement(), null);
        method.measure(next);
        method.learn(next);
        keep(run, method, run.accept(next));
    }

    private static boolean keep(BatchRun run, StepMethod method, RowSelection rows) {
        if (!rows.isAll() && !rows.isEmpty()) {
            method.keep(rows);
        }
        return run.isActive();
    }
}

package dev.secant.evaluation.trial;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.Objective;
import dev.secant.tensor.ValueAndGradient;
import java.util.ArrayList;
import java.util.List;

/**
 * An objective that notes when each of its evaluations was done, counted as optimizers count them. The clock starts with {@link
 * #restart}.
 */
final class TimedObjective implements Objective {

    private final Objective objective;
    private final Log log;

    /** What the objective of a whole batch and those of parts of it note together. */
    private static final class Log {
        private long began = System.nanoTime();
        private final List<Long> doneNanos = new ArrayList<>();
    }

    TimedObjective(Objective objective) {
        this(objective, new Log());
    }

    private TimedObjective(Objective objective, Log log) {
        this.objective = objective;
        this.log = log;
    }

    /** Forgets what was noted; the clock starts now. */
    void restart() {
        log.doneNanos.clear();
        log.began = System.nanoTime();
    }

    /** Evaluations so far; one of a batch counts once. */
    int evaluations() {
        return log.doneNanos.size();
    }

    /** From the start of the clock to the end of the k-th evaluation, k from 1. */
    double secondsAt(int evaluation) {
        return (log.doneNanos.get(evaluation - 1) - log.began) * 1e-9;
    }

    @Override
    public int dimension() {
        return objective.dimension();
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        ValueAndGradient evaluated = objective.evaluate(x);
        note(1);
        return evaluated;
    }

    @Override
    public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        NDArray product = objective.hessianVectorProduct(x, direction);
        note(PRODUCT_EVALUATIONS);
        return product;
    }

    private void note(int count) {
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            log.doneNanos.add(now);
        }
    }

    @Override
    public Objective select(int[] rows) {
        Objective selected = objective.select(rows);
        return selected == objective ? this : new TimedObjective(selected, log);
    }

    @Override
    public void close() {
        objective.close();
    }
}

package dev.secant.optimizer.batch;

import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RunProgress;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/** The counters, history and fate of every item of a batch, and the rules that items stop by. */
final class BatchTracker implements RunProgress {

    private final StopRule rule;
    private final StopRule[] rules;
    private final Observer observer;
    private final long began;
    private final long limitNanos;
    private final ItemHistory[] items;
    private int round;

    private BatchTracker(int size, double epsilon, StopRule rule, Observer observer) {
        this.rule = rule;
        this.observer = observer;
        this.limitNanos = TimeUnit.NANOSECONDS.convert(rule.timeLimit());
        this.began = rule.nanoClock().getAsLong();
        this.items = new ItemHistory[size];
        this.rules = new StopRule[size];
        int limit = observer.historyLimit();
        for (int item = 0; item < size; item++) {
            items[item] = new ItemHistory(epsilon, limit);
            rules[item] = observer.ruleOf(item, rule);
        }
    }

    /**
     * The clock starts.
     *
     * @throws IllegalArgumentException if the start is not a batch of the objective's dimension
     */
    static BatchTracker open(Objective objective, Points start, StopRule rule, Observer observer) {
        if (start.dimension() != objective.dimension()) {
            throw new IllegalArgumentException("The start [%d, %d] must have the shape [items, %d] of its objective."
                    .formatted(start.size(), start.dimension(), objective.dimension()));
        }
        DataType type = start.type();
        if (type != DataType.FLOAT64 && type != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "The start's data type (%s) must be float32 or float64.".formatted(type));
        }
        double epsilon = type == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        return new BatchTracker(start.size(), epsilon, rule, observer);
    }

    int size() {
        return items.length;
    }

    @Override
    public int steps(int item) {
        return items[item].steps();
    }

    @Override
    public int evaluations(int item) {
        return items[item].evaluations();
    }

    @Override
    public double value(int item) {
        return items[item].resultValue();
    }

    @Override
    public double gradientNorm(int item) {
        return items[item].resultGradientNorm();
    }

    /** Whether the time is up. */
    boolean isLate() {
        return rule.nanoClock().getAsLong() - began >= limitNanos;
    }

    /** Whether the rule allows an item so many further evaluations. */
    boolean mayEvaluate(int item, int count) {
        return items[item].evaluations() <= rules[item].maxEvaluations() - count;
    }

    void charge(int item, int count) {
        if (!mayEvaluate(item, count)) {
            throw new IllegalStateException("The item (%d) has used up its evaluations.".formatted(item));
        }
        items[item].countEvaluations(count);
    }

    /**
     * Records the point of an item after a step; a point that is not finite stops it instead.
     *
     * @return whether it is the item's best point so far
     */
    boolean moveTo(int item, double value, double gradientNorm, double stepLength) {
        if (!Double.isFinite(value) || !Double.isFinite(gradientNorm)) {
            stop(item, Termination.NON_FINITE);
            return false;
        }
        return items[item].moveTo(value, gradientNorm, stepLength);
    }

    /** Records the start of an item; one that is not finite is recorded too. */
    void startAt(int item, double value, double gradientNorm) {
        charge(item, 1);
        items[item].moveTo(value, gradientNorm, 0);
    }

    void stop(int item, Termination reason) {
        items[item].stop(reason);
    }

    /** Stops an item that could not step: its evaluations are used up, or it found nothing better. */
    void stall(int item) {
        if (isLate()) {
            stop(item, Termination.TIME_LIMIT);
        } else if (mayEvaluate(item, 1)) {
            items[item].stall();
        } else {
            stop(item, Termination.MAX_STEPS);
        }
    }

    boolean isStopped(int item) {
        return items[item].isStopped();
    }

    /** Notes that the coming step of an item was shortened or replaced. */
    void countSafeguard(int item) {
        items[item].countSafeguard();
    }

    /** Notes the decrease that the method's model foretells of the coming step of an item. */
    void predict(int item, double decrease) {
        items[item].predict(decrease);
    }

    /** Notes {@code ||B q - p|| / ||p||} of the coming step's pair. */
    void noteSecantResidual(int item, double residual) {
        items[item].secantResidual(residual);
    }

    /**
     * After the start or a step: the rules, the observer and the clock stop items.
     *
     * @param running those that run
     * @param pointNorm of a running item's point, by its place among those that run
     * @param view shows an observer where all items are
     */
    void settle(int[] running, IntToDoubleFunction pointNorm, Supplier<Points> view) {
        boolean late = isLate();
        for (int row = 0; row < running.length; row++) {
            StopRule itemRule = rules[running[row]];
            boolean relative = itemRule.relativeGradientTolerance() > 0;
            items[running[row]].judge(itemRule, relative ? pointNorm.applyAsDouble(row) : 0);
        }
        if (observer != Observer.NONE) {
            observer.onProgress(this);
            try (Points points = view.get()) {
                observer.onStep(round, points);
            }
            for (int item : running) {
                if (!isStopped(item) && observer.isCancelled(item)) {
                    stop(item, Termination.CANCELLED);
                } else if (!isStopped(item) && observer.isLate(item)) {
                    stop(item, Termination.TIME_LIMIT);
                }
            }
        }
        if (late) {
            for (int item : running) {
                stop(item, Termination.TIME_LIMIT);
            }
        }
        round++;
    }

    List<Optimum.Outcome> outcomes() {
        List<Optimum.Outcome> outcomes = new ArrayList<>(items.length);
        for (ItemHistory item : items) {
            outcomes.add(item.outcome());
        }
        return outcomes;
    }
}

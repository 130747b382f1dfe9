package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;

/** Counts the selections of an objective that are not released yet; each holds an array of a manager. */
final class OpenSelections {

    private final NDManager manager;
    private int made;
    private int open;
    private int most;

    OpenSelections(NDManager manager) {
        this.manager = manager;
    }

    /** How many there were. */
    int made() {
        return made;
    }

    /** How many are not released. */
    int open() {
        return open;
    }

    /** How many were open at one time at most. */
    int most() {
        return most;
    }

    /** The objective, with its selections counted. */
    Objective of(Objective objective) {
        return objective instanceof ResidualObjective residuals
                ? new CountedResiduals(residuals, null)
                : new Counted(objective, null);
    }

    private NDArray opened() {
        made++;
        open++;
        most = Math.max(most, open);
        return MemoryScope.lasting(Tensors.of(manager, new double[8]));
    }

    private void closed(NDArray held) {
        if (held != null && !held.isReleased()) {
            open--;
            held.close();
        }
    }

    private final class Counted implements Objective {

        private final Objective objective;
        private final NDArray held;

        Counted(Objective objective, NDArray held) {
            this.objective = objective;
            this.held = held;
        }

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public ValueAndGradient evaluate(NDArray x) {
            check(held);
            return objective.evaluate(x);
        }

        @Override
        public Objective select(int[] rows) {
            return new Counted(objective.select(rows), opened());
        }

        @Override
        public void close() {
            closed(held);
        }
    }

    private final class CountedResiduals implements ResidualObjective {

        private final ResidualObjective objective;
        private final NDArray held;

        CountedResiduals(ResidualObjective objective, NDArray held) {
            this.objective = objective;
            this.held = held;
        }

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public Linearization linearize(NDArray x) {
            check(held);
            return objective.linearize(x);
        }

        @Override
        public ResidualObjective select(int[] rows) {
            return new CountedResiduals(objective.select(rows), opened());
        }

        @Override
        public void close() {
            closed(held);
        }
    }

    private static void check(NDArray held) {
        if (held != null && held.isReleased()) {
            throw new AssertionError("A selection is evaluated after it was released.");
        }
    }
}

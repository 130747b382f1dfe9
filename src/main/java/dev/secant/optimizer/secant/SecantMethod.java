package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.ArrayPoint;
import dev.secant.optimizer.batch.AskTellMethod;
import org.jspecify.annotations.Nullable;

/** {@link SecantQuasiNewton} at work on one problem: a {@link ExtrapolatedLineSearch} each step, and now and then a {@link BasinHopping} before it. */
final class SecantMethod implements AskTellMethod {

    private final SecantPolicy policy;
    private final int memory;
    private final double epsilon;
    private final BasinHopping hop;
    private @Nullable ExtrapolatedLineSearch search;
    private boolean hopped;

    /**
     * A method for one problem.
     *
     * @param epsilon the rounding unit of the batch's data type
     */
    SecantMethod(SecantPolicy policy, int memory, double epsilon) {
        this.policy = policy;
        this.memory = memory;
        this.epsilon = epsilon;
        this.hop = new BasinHopping(policy.constants());
    }

    @Override
    public Step begin(ArrayPoint current) {
        ExtrapolatedLineSearch searching = search;
        if (searching == null) {
            searching = new ExtrapolatedLineSearch(policy, memory, current);
            search = searching;
        }
        hopped = false;
        hop.see(current);
        DiagonalCurvature curvature = searching.curvature();
        return new SearchStep(current, searching, hop.isDue(current, curvature) ? hop.begin(current, curvature) : null);
    }

    @Override
    public void learn(ArrayPoint from, ArrayPoint to) {
        if (search != null) {
            if (hopped) {
                search.jump(to);
            } else {
                search.move(to);
            }
        }
    }

    private final class SearchStep implements Step {

        private final ExtrapolatedLineSearch searching;
        private final double tolerance;
        private BasinHopping.@Nullable Attempt attempt;
        private @Nullable ArrayPoint chosen;
        private double residual = Double.NaN;

        SearchStep(ArrayPoint current, ExtrapolatedLineSearch searching, BasinHopping.@Nullable Attempt attempt) {
            this.searching = searching;
            this.tolerance = current.tolerance(epsilon);
            this.attempt = attempt;
            if (attempt == null) {
                searching.begin();
            }
        }

        @Override
        public double[] displacement() {
            return attempt == null ? searching.displacement() : attempt.displacement();
        }

        @Override
        public boolean tell(ArrayPoint trial) {
            return attempt == null ? tellSearch(trial) : tellHop(attempt, trial);
        }

        private boolean tellHop(BasinHopping.Attempt hopping, ArrayPoint trial) {
            if (!hopping.tell(trial)) {
                return false;
            }
            chosen = hopping.landed();
            hopped = chosen != null;
            if (!hopped) {
                attempt = null;
                searching.begin();
            }
            return hopped;
        }

        private boolean tellSearch(ArrayPoint trial) {
            switch (searching.tell(trial, tolerance)) {
                case ACCEPT -> {
                    chosen = trial;
                    residual = searching.secantResidual(trial);
                    return true;
                }
                case TRY_AGAIN -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }

        @Override
        public @Nullable ArrayPoint chosen() {
            return chosen;
        }

        @Override
        public double predictedDecrease() {
            return searching.predictedDecrease();
        }

        @Override
        public boolean wasSafeguarded() {
            return attempt == null && searching.wasSafeguarded();
        }

        @Override
        public double secantResidual() {
            return residual;
        }
    }
}

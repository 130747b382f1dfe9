package dev.secant.minimize;

import dev.secant.optimizer.ThinnedColumn;

/**
 * Bounds the memory of a request's trajectories.
 *
 * <p>A recorded point takes 5 numbers (value, gradient norm, step length, secant residual, evaluations), one more with cosines, and with
 * iterates {@code n + 1} more at each kept one. Where {@code starts x solvers x (maxSteps + 1)} points fit into the budget,
 * and one start's into a tenth of it, all are kept. Otherwise each start gets an equal share and drops every second point
 * whenever it is full ({@link ThinnedColumn}): short runs lose nothing, whatever {@code maxSteps} allows.
 *
 * @param maxNumbers numbers that all trajectories of a request may hold; 8 bytes each while they are in memory
 */
public record TrajectoryBudget(long maxNumbers) {

    /** 20 million: 160 MB. */
    public static final TrajectoryBudget DEFAULT = new TrajectoryBudget(20_000_000);

    /** A trajectory of fewer points is refused rather than recorded. */
    public static final int LEAST_POINTS = 16;

    /** One start's trajectory is stored as one text, which is read and written whole. */
    private static final int SHARES = 10;

    public TrajectoryBudget {
        if (maxNumbers < 1) {
            throw new IllegalArgumentException(
                    "The secant.minimize.max-trajectory-numbers (%d) must be positive.".formatted(maxNumbers));
        }
    }

    /**
     * What a request's trajectories would take.
     *
     * @param starts how many
     * @param solvers 2 with a solver to compare with, else 1
     * @param maxSteps of a start
     * @param perPoint numbers of a recorded point that is no iterate: 5, or 6 with cosines
     * @param perIterate numbers of a kept iterate, n + 1; 0 where none is kept
     * @param every each how many steps an iterate is kept
     */
    public record Demand(int starts, int solvers, int maxSteps, int perPoint, int perIterate, int every) {

        /** All trajectories together, numbers. */
        public double numbers() {
            return (double) starts * solvers * perStart();
        }

        /** One start's trajectory, numbers. */
        double perStart() {
            return (maxSteps + 1.0) * perPoint + (Math.floor((double) maxSteps / every) + 1) * perIterate;
        }
    }

    /**
     * Points that each trajectory keeps at most: {@link Integer#MAX_VALUE} where all fit; fewer than {@value #LEAST_POINTS} where not even
     * thinned ones do.
     */
    public int points(Demand demand) {
        double share = Math.min((double) maxNumbers / demand.starts() / demand.solvers(), (double) maxNumbers / SHARES);
        return demand.perStart() <= share
                ? Integer.MAX_VALUE
                : (int) (share / (demand.perPoint() + demand.perIterate()));
    }
}

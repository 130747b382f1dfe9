package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.SecantPolicy;

/**
 * A way out of a local minimum: two probes on either side, equally far along every coordinate, and a jump along the asymmetry of their
 * gradients (section 4 and lines 3 to 9 of docs/methods/secant.md). Around a minimum of a wave on a slope, {@code g(x + d) + g(x - d) - 2
 * g(x)} has no part of the wave that is symmetric about the minimum, and what is left points up the slope. How far to look and to jump is
 * learned; the jump's length fits Rastrigin's proportions of wave and bowl, and hardly any other.
 */
final class BasinHopping {

    /** An asymmetry below this share of the largest gradient is rounding. */
    private static final double NEGLIGIBLE = 1e-6;

    private final SecantPolicy.Constants constants;
    private final BatchRun run;
    private final SecantVectors vectors;
    private double largestGradient;
    private boolean failed;
    private Phase phase = Phase.NONE;
    private double probe;
    private double curvature;

    private enum Phase {
        NONE,
        FORWARD,
        BACK,
        JUMP
    }

    /** What a hop says to a trial. */
    enum Reply {
        ONGOING,
        LANDED,
        FAILED
    }

    BasinHopping(SecantPolicy policy, BatchRun run, SecantVectors vectors) {
        this.constants = policy.constants();
        this.run = run;
        this.vectors = vectors;
    }

    /** Takes note of the current point; whether a hop is worth its evaluations there (lines 3 and 4). */
    boolean isDue(int row) {
        double gradient = rootMeanSquare(run.current().gradientNorms()[row]);
        largestGradient = Math.max(largestGradient, gradient);
        return !failed
                && gradient < constants.flatness() * largestGradient
                && vectors.curvature(row).negativeShare() > constants.negativeShare()
                && vectors.meanMagnitude(row) > 0;
    }

    private double rootMeanSquare(double norm) {
        return FeatureScaling.rootMeanSquare(norm * norm, run.space().dimension());
    }

    /** Whether a hop is under way. */
    boolean isOngoing() {
        return phase != Phase.NONE;
    }

    /** Begins a hop (line 5). */
    void begin(int row) {
        phase = Phase.FORWARD;
        curvature = vectors.meanMagnitude(row);
        probe = constants.probe() * largestGradient / curvature;
        vectors.probe(row, probe);
    }

    /** Answers the trial (lines 5 to 9). */
    Reply tell(int row, BatchEvaluation trials, int k) {
        boolean finite = trials.isFinite(k);
        if (phase == Phase.JUMP) {
            return finite && trials.values()[k] < run.current().values()[row] ? land() : fail();
        }
        if (!finite) {
            return fail();
        }
        if (phase == Phase.FORWARD) {
            phase = Phase.BACK;
            vectors.keepProbe(row, trials, k);
            vectors.probe(row, -probe);
            return Reply.ONGOING;
        }
        if (vectors.asymmetry(row, trials, k) < NEGLIGIBLE * largestGradient) {
            return fail();
        }
        phase = Phase.JUMP;
        vectors.jump(row, trials, k, -constants.gain() / curvature);
        return Reply.ONGOING;
    }

    private Reply land() {
        phase = Phase.NONE;
        return Reply.LANDED;
    }

    private Reply fail() {
        phase = Phase.NONE;
        failed = true;
        return Reply.FAILED;
    }
}

package dev.secant.optimizer.secant;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.CurvatureCondition;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.quasinewton.PairRings;

/**
 * The vectors of {@link SecantQuasiNewton}, one set a running row: the extrapolated point as an offset from the current point, its gradient,
 * the direction, the inverse Hessian. Control names what happens to a row's vectors ({@link ExtrapolatedLineSearch}, {@link BasinHopping})
 * and is told products of them; how the vectors are stored is known here only.
 *
 * <p>Numbers are of a trial, the k-th of some, that was measured. What a command does to a row is seen by {@link #displacements} or the next
 * step.
 */
abstract class SecantVectors implements AutoCloseable {

    final BatchRun run;
    final PairRings rings;
    private final int n;
    private CurvatureSummary[] curvatures;

    SecantVectors(BatchRun run, int memory) {
        this.run = run;
        this.rings = new PairRings(run.size(), memory);
        this.n = run.space().dimension();
        this.curvatures = new CurvatureSummary[run.size()];
        for (int row = 0; row < curvatures.length; row++) {
            curvatures[row] = new CurvatureSummary();
        }
    }

    /**
     * The vectors on a run's storage.
     *
     * @param policies of the items
     * @param memory L
     * @param isDiagnosed whether {@link #residual} will be asked for
     */
    static SecantVectors of(BatchRun run, PolicyAssignment policies, int memory, boolean isDiagnosed) {
        return run.space().storage() == Storage.ARRAYS
                ? new SecantVectorsOnArrays(run, policies, memory)
                : new SecantVectorsOnTensors(run, policies, memory, isDiagnosed);
    }

    /** Whether a row has no pair. */
    final boolean isEmpty(int row) {
        return rings.count(row) == 0;
    }

    /** Forgets a row's pairs. */
    final void forget(int row) {
        rings.forget(row);
    }

    /** What a row's pairs said of the curvature along the coordinates. */
    final CurvatureSummary curvature(int row) {
        return curvatures[row];
    }

    /**
     * Learns the pair of a trial; stores it in place of the oldest, unless its curvature is not positive.
     *
     * @param line whether it is the line's pair, else it is the move's
     */
    final void keepPair(int row, BatchEvaluation trials, int k, boolean line) {
        PairNumbers pair = store(row, trials, k, line);
        curvatures[row].learn(pair, n);
        if (CurvatureCondition.accepts(pair.product, Math.sqrt(pair.stepSquare), Math.sqrt(pair.changeSquare))) {
            rings.accept(row);
        }
    }

    /** Puts a pair in the row's free slot and into the curvature along the coordinates. */
    abstract PairNumbers store(int row, BatchEvaluation trials, int k, boolean line);

    /** The mean magnitude of the curvatures along the coordinates. */
    abstract double meanMagnitude(int row);

    /** The cosine between the newest pair's step and the gradient at the extrapolated point. */
    abstract double stepCosine(int row);

    /** Asks for the numbers of trials. */
    abstract void measure(BatchEvaluation trials);

    /** Whether the trial is a fall-back, because the proposal did not descend (line 14). */
    abstract boolean wasReplaced(int row, BatchEvaluation trials, int k);

    /** The slope at the current point along the move: {@code g'm}. */
    abstract double slope(int row, BatchEvaluation trials, int k);

    /** The slope at the extrapolated point along the direction. */
    abstract double baseSlope(int row, BatchEvaluation trials, int k);

    /** By how much the slope along the direction changes from the extrapolated point to the trial. */
    abstract double changeAlong(int row, BatchEvaluation trials, int k);

    /** The square of the line's length. */
    abstract double lineSquare(int row, BatchEvaluation trials, int k);

    /** {@code ||B q - p|| / ||p||} of the move's pair, before it is kept. */
    abstract double residual(int row, BatchEvaluation trials, int k);

    /** The root mean square of the asymmetry of the gradients at the trial, at the probe that was kept and at the current point. */
    abstract double asymmetry(int row, BatchEvaluation trials, int k);

    /** Extrapolates along the line from the extrapolated point, to this factor of the direction (line 24). */
    abstract void turn(int row, BatchEvaluation trials, int k, double exact);

    /** The trial becomes the current point; the extrapolated point lies so many lines further, none at 0 (lines 33 to 35). */
    abstract void arrive(int row, BatchEvaluation next, double shift);

    /** From the current point along the negative gradient; the row has no pair (line 38). */
    abstract void goDownhill(int row, double factor);

    /** From the current point along {@code -B g}, whole (line 39). */
    abstract void fallBack(int row);

    /**
     * From the extrapolated point along minus B times the gradient there, with a new shape of B (line 13).
     *
     * @param guarded whether it falls back where the trial would not descend from the current point (line 14)
     */
    abstract void goAlongDescent(int row, Shaping shaping, double factor, boolean guarded);

    /** From the current point along a rejected move (line 27). */
    abstract void goAlongTrial(int row, BatchEvaluation trials, int k, double factor);

    /** Along the same direction from the same point with another factor (line 29). */
    abstract void shorten(int row, double factor);

    /** Equally far along every coordinate (line 5). */
    abstract void probe(int row, double length);

    /** Keeps the gradient at a probe. */
    abstract void keepProbe(int row, BatchEvaluation trials, int k);

    /** So many times the asymmetry (line 7). */
    abstract void jump(int row, BatchEvaluation trials, int k, double factor);

    /** What to try, from the current points. */
    abstract Block displacements(RowSelection rows);

    /** Ends the step to the next points. */
    void endStep(BatchEvaluation next) {}

    /** Only these rows still run. */
    void keep(RowSelection rows) {
        curvatures = rows.of(curvatures);
        rings.keep(rows);
    }

    @Override
    public abstract void close();
}

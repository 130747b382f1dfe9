package dev.secant.optimizer.secant;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.secant.CurvatureSummary.PairNumbers;
import dev.secant.optimizer.vectors.ArrayBlock;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Vectors;
import java.util.Arrays;

/** The vectors of {@code secant} on plain arrays: commands are done when they are given, numbers computed when they are looked at. */
final class SecantVectorsOnArrays extends SecantVectors {

    private SecantRow[] rows;

    SecantVectorsOnArrays(BatchRun run, PolicyAssignment policies, int memory) {
        super(run, memory);
        this.rows = new SecantRow[run.size()];
        int n = run.space().dimension();
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new SecantRow(new InverseHessianOnArrays(policies.of(run.item(row)), n, rings));
        }
    }

    private double[] current(int row) {
        return ArrayBlock.rows(run.current().gradient())[row];
    }

    private double[] base(int row) {
        double[] base = rows[row].base;
        return base == null ? current(row) : base;
    }

    /** The trial's gradient less that at the extrapolated or at the current point. */
    private double[] change(int row, BatchEvaluation trials, int k, boolean line) {
        SecantRow of = rows[row];
        double[] known = line ? of.lineChange : of.moveChange;
        if (known != null) {
            return known;
        }
        double[] from = line ? base(row) : current(row);
        double[] change = Vectors.difference(ArrayBlock.rows(trials.gradient())[k], from);
        of.lineChange = line || of.base == null ? change : of.lineChange;
        of.moveChange = !line || of.base == null ? change : of.moveChange;
        return change;
    }

    @Override
    PairNumbers store(int row, BatchEvaluation trials, int k, boolean line) {
        SecantRow of = rows[row];
        double[] step = line ? Vectors.scaled(of.factor, of.direction) : ArrayBlock.rows(trials.step())[k];
        return of.inverse.store(row, step, change(row, trials, k, line));
    }

    @Override
    double meanMagnitude(int row) {
        return rows[row].inverse.initial().curvature().meanMagnitude();
    }

    @Override
    double stepCosine(int row) {
        double[] step = rows[row].inverse.initial().newestStep();
        double[] base = base(row);
        return FeatureScaling.cosine(
                Vectors.dot(step, base), Vectors.dot(step, step), Vectors.dot(base, base), base.length);
    }

    @Override
    void measure(BatchEvaluation trials) {
        for (int row : trials.rows().indices()) {
            rows[row].lineChange = null;
            rows[row].moveChange = null;
        }
    }

    @Override
    boolean wasReplaced(int row, BatchEvaluation trials, int k) {
        return rows[row].replaced;
    }

    @Override
    double slope(int row, BatchEvaluation trials, int k) {
        return Vectors.dot(current(row), ArrayBlock.rows(trials.step())[k]);
    }

    @Override
    double baseSlope(int row, BatchEvaluation trials, int k) {
        return Vectors.dot(base(row), rows[row].direction);
    }

    @Override
    double changeAlong(int row, BatchEvaluation trials, int k) {
        return Vectors.dot(change(row, trials, k, true), rows[row].direction);
    }

    @Override
    double lineSquare(int row, BatchEvaluation trials, int k) {
        double[] direction = rows[row].direction;
        double factor = rows[row].factor;
        return factor * factor * Vectors.dot(direction, direction);
    }

    @Override
    double residual(int row, BatchEvaluation trials, int k) {
        double length = trials.stepLengths()[k];
        return rows[row].inverse.residual(
                row, ArrayBlock.rows(trials.step())[k], change(row, trials, k, false), length * length);
    }

    @Override
    double asymmetry(int row, BatchEvaluation trials, int k) {
        double[] asymmetry = Vectors.sum(rows[row].probed, ArrayBlock.rows(trials.gradient())[k]);
        Vectors.add(asymmetry, -2, current(row));
        rows[row].asymmetry = asymmetry;
        return FeatureScaling.rootMeanSquare(asymmetry);
    }

    @Override
    void turn(int row, BatchEvaluation trials, int k, double exact) {
        SecantRow of = rows[row];
        double[] change = change(row, trials, k, true);
        of.base = Vectors.combination(exact / of.factor, change, 1, base(row));
        of.offset = of.offset == null
                ? Vectors.scaled(exact, of.direction)
                : Vectors.combination(exact, of.direction, 1, of.offset);
    }

    @Override
    void arrive(int row, BatchEvaluation next, double shift) {
        SecantRow of = rows[row];
        if (shift == 0) {
            of.returnToCurrent();
        } else {
            of.base =
                    Vectors.combination(shift, change(row, next, row, true), 1, ArrayBlock.rows(next.gradient())[row]);
            of.offset = Vectors.scaled(shift * of.factor, of.direction);
        }
    }

    @Override
    void goDownhill(int row, double factor) {
        rows[row].returnToCurrent();
        rows[row].aim(Vectors.scaled(-1, current(row)), factor);
    }

    @Override
    void fallBack(int row) {
        SecantRow of = rows[row];
        of.returnToCurrent();
        of.aim(of.inverse.descent(row, current(row)), 1);
    }

    @Override
    void goAlongDescent(int row, Shaping shaping, double factor, boolean guarded) {
        SecantRow of = rows[row];
        double[] base = base(row);
        of.inverse.initial().shape(base, vector -> of.inverse.descent(row, vector), shaping);
        of.aim(of.inverse.descent(row, base), factor);
        if (guarded && !(Vectors.dot(current(row), of.displacement()) < 0)) {
            fallBack(row);
            of.replaced = true;
        }
    }

    @Override
    void goAlongTrial(int row, BatchEvaluation trials, int k, double factor) {
        rows[row].returnToCurrent();
        rows[row].aim(ArrayBlock.rows(trials.step())[k], factor);
    }

    @Override
    void shorten(int row, double factor) {
        rows[row].aim(rows[row].direction, factor);
    }

    @Override
    void probe(int row, double length) {
        double[] hop = new double[run.space().dimension()];
        Arrays.fill(hop, length);
        rows[row].hop = hop;
    }

    @Override
    void keepProbe(int row, BatchEvaluation trials, int k) {
        rows[row].probed = ArrayBlock.rows(trials.gradient())[k];
    }

    @Override
    void jump(int row, BatchEvaluation trials, int k, double factor) {
        rows[row].hop = Vectors.scaled(factor, rows[row].asymmetry);
    }

    @Override
    Block displacements(RowSelection selected) {
        double[][] displacements = new double[selected.size()][];
        for (int k = 0; k < displacements.length; k++) {
            SecantRow of = rows[selected.indices()[k]];
            double[] hop = of.hop;
            displacements[k] = hop == null ? of.displacement() : hop;
            of.hop = null;
        }
        return new ArrayBlock(displacements);
    }

    @Override
    void keep(RowSelection kept) {
        super.keep(kept);
        rows = kept.of(rows);
    }

    @Override
    public void close() {}
}

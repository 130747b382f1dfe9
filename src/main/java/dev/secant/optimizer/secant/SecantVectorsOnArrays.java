package dev.secant.optimizer.secant;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.ArrayBlock;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Vectors;
import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.PolicyAssignment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The vectors of {@code secant} on plain arrays: commands are done when they are given, numbers computed when they are looked at. */
final class SecantVectorsOnArrays extends SecantVectors {

    private Row[] rows;

    /** The vectors of one row. None of the arrays is ever modified: they may belong to the run or to a pair. */
    private static final class Row {
        final InverseHessianOnArrays inverse;

        /** The extrapolated point less the current one; null where they are the same. */
        double @Nullable [] offset;

        /** The gradient at the extrapolated point; null where that is the current one. */
        double @Nullable [] base;

        double[] direction = {};
        double factor = 1;
        boolean replaced;

        /** Of the trial that was looked at last: its gradient less that at the extrapolated and at the current point. */
        double @Nullable [] lineChange;

        double @Nullable [] moveChange;

        /** The gradient at a probe, and the asymmetry that it is part of. */
        double[] probed = {};

        double[] asymmetry = {};

        /** The displacement of a hop's next trial; null where the next trial is the search's. */
        double @Nullable [] hop;

        Row(InverseHessianOnArrays inverse) {
            this.inverse = inverse;
        }
    }

    SecantVectorsOnArrays(BatchRun run, PolicyAssignment policies, int memory) {
        super(run, memory);
        this.rows = new Row[run.size()];
        int n = run.space().dimension();
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new Row(new InverseHessianOnArrays(policies.of(run.item(row)), n, rings));
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
        Row of = rows[row];
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
        Row of = rows[row];
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
        Row of = rows[row];
        double[] change = change(row, trials, k, true);
        of.base = Vectors.combination(exact / of.factor, change, 1, base(row));
        of.offset = of.offset == null
                ? Vectors.scaled(exact, of.direction)
                : Vectors.combination(exact, of.direction, 1, of.offset);
    }

    @Override
    void arrive(int row, BatchEvaluation next, double shift) {
        Row of = rows[row];
        if (shift == 0) {
            returnToCurrent(of);
        } else {
            of.base =
                    Vectors.combination(shift, change(row, next, row, true), 1, ArrayBlock.rows(next.gradient())[row]);
            of.offset = Vectors.scaled(shift * of.factor, of.direction);
        }
    }

    private static void returnToCurrent(Row of) {
        of.offset = null;
        of.base = null;
    }

    private static void aim(Row of, double[] direction, double factor) {
        of.direction = direction;
        of.factor = factor;
        of.replaced = false;
    }

    @Override
    void goDownhill(int row, double factor) {
        returnToCurrent(rows[row]);
        aim(rows[row], Vectors.scaled(-1, current(row)), factor);
    }

    @Override
    void fallBack(int row) {
        Row of = rows[row];
        returnToCurrent(of);
        aim(of, of.inverse.descent(row, current(row)), 1);
    }

    @Override
    void goAlongDescent(int row, Shaping shaping, double factor, boolean guarded) {
        Row of = rows[row];
        double[] base = base(row);
        of.inverse.initial().shape(base, vector -> of.inverse.descent(row, vector), shaping);
        aim(of, of.inverse.descent(row, base), factor);
        if (guarded && !(Vectors.dot(current(row), displacement(of)) < 0)) {
            fallBack(row);
            of.replaced = true;
        }
    }

    @Override
    void goAlongTrial(int row, BatchEvaluation trials, int k, double factor) {
        returnToCurrent(rows[row]);
        aim(rows[row], ArrayBlock.rows(trials.step())[k], factor);
    }

    @Override
    void shorten(int row, double factor) {
        aim(rows[row], rows[row].direction, factor);
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
            Row of = rows[selected.indices()[k]];
            double[] hop = of.hop;
            displacements[k] = hop == null ? displacement(of) : hop;
            of.hop = null;
        }
        return new ArrayBlock(displacements);
    }

    private static double[] displacement(Row of) {
        return of.offset == null
                ? Vectors.scaled(of.factor, of.direction)
                : Vectors.combination(of.factor, of.direction, 1, of.offset);
    }

    @Override
    void keep(RowSelection kept) {
        super.keep(kept);
        rows = kept.of(rows);
    }

    @Override
    public void close() {}
}

package dev.secant.optimizer.secant;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.TensorSpace;
import dev.secant.optimizer.policy.FeatureScaling;
import dev.secant.optimizer.policy.PolicyAssignment;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of {@code secant} on tensors. Commands are noted by row ({@link RowCommand}) and done for all rows together before the next
 * trials ({@link LinesOnTensors}); numbers are entries of a Gram matrix that is read back with a trial's value ({@link TrialNumbers}). What a
 * pair would say of the curvature is measured for both pairs that control may choose, so each round of trials reads back once.
 */
final class SecantVectorsOnTensors extends SecantVectors {

    private final int n;
    private final InverseHessiansOnTensors inverse;
    private final LinesOnTensors lines;
    private final PairNumbers pair = new PairNumbers();
    private RowCommand[] commands;
    private Scalars[] scalars;

    /** The last trials of this step. */
    private @Nullable BatchEvaluation last;

    SecantVectorsOnTensors(BatchRun run, PolicyAssignment policies, int memory, boolean isDiagnosed) {
        super(run, memory);
        RowTensors tensors = new RowTensors((TensorSpace) run.space());
        PolicyNetworksOnTensors networks = new PolicyNetworksOnTensors(run, tensors, policies);
        LearnedInitialOnTensors initial = new LearnedInitialOnTensors(tensors, run.size(), networks);
        this.n = tensors.dimension();
        this.inverse = new InverseHessiansOnTensors(tensors, rings, initial);
        this.lines = new LinesOnTensors(run, tensors, networks, initial, inverse, isDiagnosed);
        this.commands = new RowCommand[run.size()];
        this.scalars = new Scalars[run.size()];
        for (int row = 0; row < commands.length; row++) {
            commands[row] = new RowCommand();
            commands[row].returnToCurrent();
            scalars[row] = new Scalars();
        }
    }

    @Override
    void measure(BatchEvaluation trials) {
        last = trials;
        lines.measure(trials);
    }

    @Override
    Block displacements(RowSelection rows) {
        lines.perform(commands, last == null ? rows : last.rows(), last);
        last = null;
        return lines.displacements(commands, rows);
    }

    @Override
    void endStep(BatchEvaluation next) {
        lines.perform(commands, run.all(), next);
        lines.endStep();
        last = null;
    }

    @Override
    void keep(RowSelection rows) {
        super.keep(rows);
        commands = rows.of(commands);
        scalars = rows.of(scalars);
        lines.keep(rows);
    }

    @Override
    public void close() {
        lines.close();
    }

    /** The numbers that a row's next directions depend on: the newest step and the base gradient, and the curvatures' mean. */
    private static final class Scalars {
        double stepSquare;
        double stepBase;
        double baseSquare;
        double meanMagnitude;
        int newest = TrialNumbers.NEWEST;
    }

    @Override
    PairNumbers store(int row, BatchEvaluation trials, int k, boolean line) {
        int step = line ? TrialNumbers.LINE : TrialNumbers.MOVE;
        int change = line ? TrialNumbers.LINE_CHANGE : TrialNumbers.MOVE_CHANGE;
        pair.stepSquare = TrialNumbers.product(trials, k, step, step);
        pair.product = TrialNumbers.product(trials, k, step, change);
        pair.changeSquare = TrialNumbers.product(trials, k, change, change);
        pair.predictedSquare = TrialNumbers.ofPair(trials, k, line, 0);
        pair.predictedProduct = TrialNumbers.ofPair(trials, k, line, 1);
        pair.negativeShare = TrialNumbers.ofPair(trials, k, line, 2);
        if (CurvatureSummary.isTelling(pair, n)) {
            scalars[row].meanMagnitude = TrialNumbers.ofPair(trials, k, line, 3);
        }
        scalars[row].stepSquare = pair.stepSquare;
        scalars[row].newest = step;
        RowCommand command = commands[row];
        command.pending = true;
        command.stores = true;
        command.ofTheLine = line;
        command.slot = rings.free(row);
        command.unit = pair.stepSquare / n;
        for (int slot = 0; slot < rings.capacity(); slot++) {
            inverse.setProduct(row, slot, command.slot, TrialNumbers.withStep(trials, k, line, slot, rings.capacity()));
        }
        inverse.setProduct(row, command.slot, command.slot, pair.product);
        return pair;
    }

    @Override
    double meanMagnitude(int row) {
        return scalars[row].meanMagnitude;
    }

    @Override
    double stepCosine(int row) {
        Scalars of = scalars[row];
        return FeatureScaling.cosine(of.stepBase, of.stepSquare, Math.max(0, of.baseSquare), n);
    }

    @Override
    boolean wasReplaced(int row, BatchEvaluation trials, int k) {
        if (TrialNumbers.other(trials, k, TrialNumbers.REPLACED, rings.capacity()) == 0) {
            return false;
        }
        commands[row].factor = 1;
        return true;
    }

    @Override
    double slope(int row, BatchEvaluation trials, int k) {
        return TrialNumbers.product(trials, k, TrialNumbers.CURRENT, TrialNumbers.MOVE);
    }

    @Override
    double baseSlope(int row, BatchEvaluation trials, int k) {
        return TrialNumbers.product(trials, k, TrialNumbers.BASE, TrialNumbers.LINE) / commands[row].factor;
    }

    @Override
    double changeAlong(int row, BatchEvaluation trials, int k) {
        return TrialNumbers.product(trials, k, TrialNumbers.LINE_CHANGE, TrialNumbers.LINE) / commands[row].factor;
    }

    @Override
    double lineSquare(int row, BatchEvaluation trials, int k) {
        return TrialNumbers.product(trials, k, TrialNumbers.LINE, TrialNumbers.LINE);
    }

    @Override
    double residual(int row, BatchEvaluation trials, int k) {
        double square = TrialNumbers.other(trials, k, TrialNumbers.RESIDUAL, rings.capacity());
        double stepSquare = TrialNumbers.product(trials, k, TrialNumbers.MOVE, TrialNumbers.MOVE);
        return Math.sqrt(square / Math.max(stepSquare, Double.MIN_NORMAL));
    }

    @Override
    double asymmetry(int row, BatchEvaluation trials, int k) {
        double square = TrialNumbers.other(trials, k, TrialNumbers.ASYMMETRY, rings.capacity());
        return FeatureScaling.rootMeanSquare(square, n);
    }

    @Override
    void turn(int row, BatchEvaluation trials, int k, double exact) {
        double share = exact / commands[row].factor;
        commands[row].setBase(1, share, 1, 0, 0, share);
        extrapolate(row, trials, k, TrialNumbers.BASE, share);
    }

    @Override
    void arrive(int row, BatchEvaluation next, double shift) {
        commands[row].setBase(0, shift, 0, 0, 1, shift);
        extrapolate(row, next, row, TrialNumbers.TRIAL, shift);
    }

    /** The products with the base gradient that is so many line's changes from another. */
    private void extrapolate(int row, BatchEvaluation trials, int k, int from, double share) {
        Scalars of = scalars[row];
        int change = TrialNumbers.LINE_CHANGE;
        of.stepBase = TrialNumbers.product(trials, k, of.newest, from)
                + share * TrialNumbers.product(trials, k, of.newest, change);
        of.baseSquare = TrialNumbers.product(trials, k, from, from)
                + share * 2 * TrialNumbers.product(trials, k, from, change)
                + share * share * TrialNumbers.product(trials, k, change, change);
        of.newest = TrialNumbers.NEWEST;
    }

    @Override
    void goDownhill(int row, double factor) {
        commands[row].returnToCurrent();
        commands[row].aim(RowCommand.Aim.DOWNHILL, factor, factor);
    }

    @Override
    void fallBack(int row) {
        commands[row].returnToCurrent();
        commands[row].aim(RowCommand.Aim.FALL_BACK, 1, 1);
    }

    @Override
    void goAlongDescent(int row, Shaping shaping, double factor, boolean guarded) {
        commands[row].aim(RowCommand.Aim.DESCENT, factor, factor);
        commands[row].guarded = guarded;
        commands[row].shaping = shaping;
    }

    @Override
    void goAlongTrial(int row, BatchEvaluation trials, int k, double factor) {
        commands[row].returnToCurrent();
        commands[row].aim(RowCommand.Aim.MOVE, factor, factor);
    }

    @Override
    void shorten(int row, double factor) {
        commands[row].aim(RowCommand.Aim.LINE, factor, factor / commands[row].factor);
    }

    @Override
    void probe(int row, double length) {
        commands[row].aim(RowCommand.Aim.HOP, commands[row].factor, 1);
        commands[row].probe = length;
    }

    @Override
    void keepProbe(int row, BatchEvaluation trials, int k) {
        commands[row].keepsProbe = true;
        commands[row].pending = true;
    }

    @Override
    void jump(int row, BatchEvaluation trials, int k, double factor) {
        commands[row].aim(RowCommand.Aim.HOP, commands[row].factor, 1);
        commands[row].probe = 0;
        commands[row].jump = factor;
        commands[row].pending = true;
    }
}

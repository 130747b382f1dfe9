package dev.secant.optimizer.secant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.TensorSpace;
import org.jspecify.annotations.Nullable;

/**
 * Extrapolated points, lines and inverse Hessians of a batch on tensors: does what {@link RowCommand}s say, for all rows that search at a
 * time, and measures trials ({@link TrialNumbers}). A fall-back of a proposal that does not descend is chosen on the device, so that nothing
 * waits for its slope.
 */
final class LinesOnTensors implements AutoCloseable {

    private final BatchRun run;
    private final TensorSpace space;
    private final RowTensors tensors;
    private final PolicyNetworksOnTensors networks;
    private final LearnedInitialOnTensors initial;
    private final InverseHessiansOnTensors inverse;
    private final boolean isDiagnosed;
    private final HopsOnTensors hops;
    private final RowTensors.Held offsets;
    private final RowTensors.Held bases;
    /** Factors times directions. */
    private final RowTensors.Held lines;

    /** Ones where the last proposals were replaced; null where none could be. */
    private @Nullable NDArray replaced;

    LinesOnTensors(
            BatchRun run,
            RowTensors tensors,
            PolicyNetworksOnTensors networks,
            LearnedInitialOnTensors initial,
            InverseHessiansOnTensors inverse,
            boolean isDiagnosed) {
        this.run = run;
        this.space = (TensorSpace) run.space();
        this.tensors = tensors;
        this.networks = networks;
        this.initial = initial;
        this.inverse = inverse;
        this.isDiagnosed = isDiagnosed;
        this.hops = new HopsOnTensors(run, tensors);
        this.offsets = tensors.zeros(run.size(), tensors.dimension());
        this.bases = tensors.zeros(run.size(), tensors.dimension());
        this.lines = tensors.zeros(run.size(), tensors.dimension());
    }

    private NDArray current(RowSelection rows) {
        return tensors.of(run.current().gradient(), rows);
    }

    /**
     * Does what is pending of some rows: pairs, extrapolated points, probes.
     *
     * @param trials of these rows; null where none of this step was told yet
     */
    void perform(RowCommand[] commands, RowSelection rows, @Nullable BatchEvaluation trials) {
        int size = rows.size();
        double[][] toBase = new double[4][size];
        double[][] toOffset = new double[2][size];
        boolean any = false;
        for (int k = 0; k < size; k++) {
            RowCommand command = commands[rows.indices()[k]];
            any |= command.pending;
            toOffset[0][k] = command.offset;
            toOffset[1][k] = command.offsetLine;
            toBase[0][k] = command.base;
            toBase[1][k] = command.baseCurrent;
            toBase[2][k] = command.baseTrial;
            toBase[3][k] = command.baseChange;
        }
        if (any) {
            NDArray current = current(rows);
            NDArray trial = trials == null ? current : finite(trials, tensors.of(trials.gradient()), current);
            NDArray base = bases.at(rows);
            NDArray line = lines.at(rows);
            tensors.count(1);
            NDArray change = trial.sub(base);
            if (trials != null) {
                NDArray move = finite(trials, tensors.of(trials.step()), line);
                inverse.store(commands, rows, line, change, move, trial.sub(current));
                hops.perform(commands, rows, current, trial);
            }
            offsets.put(rows, tensors.combine(toOffset, offsets.at(rows), line));
            bases.put(rows, tensors.combine(toBase, base, current, trial, change));
        }
        aimAlongMoves(commands, rows, trials);
        for (int row : rows.indices()) {
            commands[row].done();
        }
    }

    /** Another array's rows where the trial is not finite, so that multiples of 0 are 0. */
    private NDArray finite(BatchEvaluation trials, NDArray array, NDArray other) {
        boolean[] finite = new boolean[trials.size()];
        boolean all = true;
        for (int k = 0; k < finite.length; k++) {
            finite[k] = trials.isFinite(k);
            all &= finite[k];
        }
        return all ? array : tensors.where(finite, array, other);
    }

    /** Lines along a rejected move, whose trials are known here only. */
    private void aimAlongMoves(RowCommand[] commands, RowSelection rows, @Nullable BatchEvaluation trials) {
        boolean[] along = new boolean[rows.size()];
        boolean any = false;
        for (int k = 0; k < along.length; k++) {
            along[k] = commands[rows.indices()[k]].aim == RowCommand.Aim.MOVE;
            any |= along[k];
        }
        if (any && trials != null) {
            lines.put(rows, tensors.where(along, tensors.of(trials.step()), lines.at(rows)));
        }
    }

    /** What to try, from the current points of some rows. */
    Block displacements(RowCommand[] commands, RowSelection rows) {
        int size = rows.size();
        double[][] factors = new double[4][size];
        @Nullable Shaping[] shapings = new Shaping[size];
        boolean anyDescent = false;
        boolean anyFallBack = false;
        boolean anyGuarded = false;
        boolean anyHop = false;
        for (int k = 0; k < size; k++) {
            RowCommand command = commands[rows.indices()[k]];
            shapings[k] = command.shaping;
            anyDescent |= command.aim == RowCommand.Aim.DESCENT;
            anyFallBack |= command.aim == RowCommand.Aim.FALL_BACK;
            anyGuarded |= command.guarded;
            anyHop |= command.aim == RowCommand.Aim.HOP;
            factors[0][k] = command.aim == RowCommand.Aim.DOWNHILL ? -command.amount : 0;
            factors[1][k] = command.aim == RowCommand.Aim.DESCENT ? -command.amount : 0;
            factors[2][k] = command.aim == RowCommand.Aim.FALL_BACK ? -command.amount : 0;
            factors[3][k] = command.alongTheLine() ? command.amount : 0;
        }
        NDArray current = current(rows);
        NDArray offset = offsets.at(rows);
        NDArray line;
        replaced = null;
        if (anyDescent || anyFallBack) {
            NDArray base = bases.at(rows);
            if (anyDescent) {
                shape(rows, base, shapings);
            }
            tensors.count(4);
            NDArray mapped = inverse.times(rows, NDArrays.stack(new NDList(base, current), 1))
                    .swapAxes(0, 1);
            line = tensors.combine(factors, current, mapped.get(0), mapped.get(1), lines.at(rows));
            if (anyGuarded) {
                NDArray falls = falls(commands, rows, current, offset.add(line));
                replaced = tensors.numbers(falls);
                line = tensors.where(falls, mapped.get(1).neg(), line);
                offset = tensors.where(falls, offset.zerosLike(), offset);
                offsets.put(rows, offset);
                bases.put(rows, tensors.where(falls, current, base));
            }
        } else {
            line = tensors.combine(new double[][] {factors[0], factors[3]}, current, lines.at(rows));
        }
        tensors.count(4);
        // What overflowed is no direction; a multiple of 0 of it must be 0.
        line = NDArrays.where(line.abs().lt(Double.POSITIVE_INFINITY), line, line.zerosLike());
        NDArray displacement = offset.add(line);
        lines.put(rows, line);
        return tensors.block(anyHop ? hops.within(commands, rows, displacement) : displacement);
    }

    private void shape(RowSelection rows, NDArray base, @Nullable Shaping[] shapings) {
        NDArray directions = null;
        if (networks.areOfUse()) {
            tensors.count(2);
            directions = inverse.times(rows, base.expandDims(1)).squeeze(1);
        }
        initial.shape(rows, base, directions, shapings);
    }

    /** Where a guarded proposal does not descend from the current point, {@code [k, 1]}. */
    private NDArray falls(RowCommand[] commands, RowSelection rows, NDArray current, NDArray displacement) {
        double[] guarded = new double[rows.size()];
        for (int k = 0; k < guarded.length; k++) {
            guarded[k] = commands[rows.indices()[k]].guarded ? 1 : 0;
        }
        tensors.count(6);
        NDArray descends = current.mul(displacement).sum(new int[] {1}, true).lt(0);
        return tensors.upload(guarded, guarded.length, 1).gt(0).logicalAnd(descends.logicalNot());
    }

    /** Asks for the numbers of trials. */
    void measure(BatchEvaluation trials) {
        RowSelection rows = trials.rows();
        int size = rows.size();
        NDArray move = tensors.of(trials.step());
        NDArray trial = tensors.of(trials.gradient());
        NDArray current = current(rows);
        NDArray base = bases.at(rows);
        NDArray line = lines.at(rows);
        tensors.count(12);
        NDArray moveChange = trial.sub(current);
        NDArray lineChange = trial.sub(base);
        NDArray gram = space.gram(move, trial, moveChange, lineChange, line, current, base, initial.newestSteps(rows));
        NDArray steps = NDArrays.stack(new NDList(line, move), 1);
        NDArray changes = NDArrays.stack(new NDList(lineChange, moveChange), 1);
        NDArray none = tensors.none(size, 1);
        trials.measure(space.ask(NDArrays.concat(
                new NDList(
                        gram.reshape(size, -1),
                        initial.numbers(rows, steps, changes).reshape(size, -1),
                        inverse.withSteps(rows, changes).reshape(size, -1),
                        replaced == null ? none : replaced,
                        isDiagnosed ? residuals(rows, move, moveChange) : none,
                        hops.areUnderWay() ? hops.asymmetries(rows, trial, current) : none),
                1)));
    }

    private NDArray residuals(RowSelection rows, NDArray move, NDArray change) {
        tensors.count(5);
        NDArray residual = inverse.times(rows, change.expandDims(1)).squeeze(1).sub(move);
        return residual.mul(residual).sum(new int[] {1}, true);
    }

    /** Ends a step: what belongs to it is freed. */
    void endStep() {
        replaced = null;
        hops.endStep();
        inverse.endRound();
    }

    void keep(RowSelection rows) {
        offsets.keep(rows);
        bases.keep(rows);
        lines.keep(rows);
        initial.keep(rows);
        inverse.keep(rows);
    }

    @Override
    public void close() {
        offsets.close();
        bases.close();
        lines.close();
        initial.close();
        inverse.close();
    }
}

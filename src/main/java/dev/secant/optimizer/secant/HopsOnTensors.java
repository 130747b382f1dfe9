package dev.secant.optimizer.secant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchRun;
import org.jspecify.annotations.Nullable;

/** The vectors of basin hops on tensors, within one step: the gradients at probes and the jumps. */
final class HopsOnTensors {

    private final BatchRun run;
    private final RowTensors tensors;
    private @Nullable NDArray probed;
    private @Nullable NDArray jumps;

    HopsOnTensors(BatchRun run, RowTensors tensors) {
        this.run = run;
        this.tensors = tensors;
    }

    /** Whether a probe was kept in this step. */
    boolean areUnderWay() {
        return probed != null;
    }

    /**
     * Keeps the gradients at probes, and turns asymmetries into displacements.
     *
     * @param current gradients, {@code [k, n]}
     * @param trial gradients, finite
     */
    void perform(RowCommand[] commands, RowSelection rows, NDArray current, NDArray trial) {
        int size = rows.size();
        boolean[] keeps = new boolean[size];
        double[] factors = new double[size];
        double[] back = new double[size];
        boolean anyKeeps = false;
        boolean anyJumps = false;
        for (int k = 0; k < size; k++) {
            RowCommand command = commands[rows.indices()[k]];
            keeps[k] = command.keepsProbe;
            factors[k] = command.jump;
            back[k] = -2 * command.jump;
            anyKeeps |= command.keepsProbe;
            anyJumps |= command.jump != 0;
        }
        if (anyKeeps) {
            probed = merged(probed, rows, tensors.where(keeps, trial, of(probed, rows)));
        }
        if (anyJumps) {
            double[][] asymmetry = {factors, factors, back};
            jumps = merged(jumps, rows, tensors.combine(asymmetry, of(probed, rows), trial, current));
        }
    }

    private NDArray of(@Nullable NDArray all, RowSelection rows) {
        if (all == null) {
            return tensors.none(rows.size(), tensors.dimension());
        }
        return rows.isAll() ? all : tensors.gather(all, rows.indices());
    }

    private NDArray merged(@Nullable NDArray all, RowSelection rows, NDArray values) {
        if (rows.isAll()) {
            return values;
        }
        NDArray merged = all == null ? of(null, run.all()) : all;
        tensors.count(2);
        merged.set(new NDIndex("{}", tensors.indices(rows.indices())), values);
        return merged;
    }

    /** The displacements, with those of hops in place. */
    NDArray within(RowCommand[] commands, RowSelection rows, NDArray displacement) {
        int size = rows.size();
        boolean[] hopping = new boolean[size];
        boolean[] probing = new boolean[size];
        double[] lengths = new double[size];
        for (int k = 0; k < size; k++) {
            RowCommand command = commands[rows.indices()[k]];
            hopping[k] = command.aim == RowCommand.Aim.HOP;
            probing[k] = command.probe != 0;
            lengths[k] = command.probe;
        }
        tensors.count(1);
        NDArray probe = tensors.upload(lengths, size, 1).broadcast(displacement.getShape());
        NDArray hop = tensors.where(probing, probe, of(jumps, rows));
        return tensors.where(hopping, hop, displacement);
    }

    /** The squares of the asymmetries, {@code [k, 1]}; of rows without a probe any number. */
    NDArray asymmetries(RowSelection rows, NDArray trial, NDArray current) {
        tensors.count(6);
        NDArray asymmetry = of(probed, rows).add(trial).sub(current.add(current));
        return asymmetry.mul(asymmetry).sum(new int[] {1}, true);
    }

    void endStep() {
        probed = null;
        jumps = null;
    }
}

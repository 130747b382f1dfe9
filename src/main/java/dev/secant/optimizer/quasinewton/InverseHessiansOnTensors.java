package dev.secant.optimizer.quasinewton;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBlock;
import dev.secant.optimizer.batch.TensorSpace;
import dev.secant.tensor.Tensors;
import java.util.Arrays;

/** Whole inverse Hessians as one tensor {@code [A, n, n]}; what an update needs is read back with the trial that makes it. */
final class InverseHessiansOnTensors implements Bfgs.InverseHessians {

    private static final int VECTORS = 5;

    private final BatchRun run;
    private final TensorSpace space;
    private final int n;
    private final OwnedArray matrices = new OwnedArray();
    private boolean[] reset;
    private boolean anyReset;

    InverseHessiansOnTensors(BatchRun run) {
        this.run = run;
        this.space = (TensorSpace) run.space();
        this.n = space.dimension();
        this.reset = new boolean[run.size()];
        NDArray unit = space.manager().eye(n).toType(space.type(), false);
        matrices.set(unit.broadcast(new Shape(run.size(), n, n)).duplicate());
    }

    @Override
    public void measure(BatchEvaluation trials) {
        if (anyReset) {
            applyResets();
        }
        RowSelection rows = trials.rows();
        NDArray all = rows.isAll() ? matrices.get() : space.gather(matrices.get(), rows.indices());
        NDArray step = TensorBlock.array(trials.step());
        NDArray gradient = TensorBlock.array(trials.gradient());
        NDArray before = TensorBlock.array(space.gather(run.current().gradient(), rows));
        space.count(6);
        NDArray change = gradient.sub(before);
        NDArray both = NDArrays.stack(new NDList(change, gradient), 1).batchMatMul(all); // [k, 2, n]
        NDArray mappedChange = both.get(":, 0");
        NDArray mappedGradient = both.get(":, 1");
        trials.measure(space.ask(space.gram(step, change, gradient, mappedChange, mappedGradient)));
        trials.accompany(new TensorBlock(mappedChange));
    }

    private void applyResets() {
        space.count(7);
        NDArray unit = space.manager().eye(n).toType(space.type(), false);
        NDArray mask = Tensors.of(space.manager(), reset, new Shape(reset.length, 1, 1));
        Shape shape = new Shape(reset.length, n, n);
        matrices.set(NDArrays.where(mask.broadcast(shape), unit.broadcast(shape), matrices.get()));
        Arrays.fill(reset, false);
        anyReset = false;
    }

    @Override
    public double[][] products(BatchEvaluation next) {
        double[][] products = new double[run.size()][];
        for (int row = 0; row < products.length; row++) {
            double[] gram = next.measured(row);
            products[row] = new double[] {
                at(gram, 0, 0),
                at(gram, 0, 1),
                at(gram, 1, 1),
                at(gram, 1, 3),
                at(gram, 0, 2),
                at(gram, 2, 3),
                at(gram, 2, 4)
            };
        }
        return products;
    }

    private static double at(double[] gram, int i, int j) {
        return gram[i * VECTORS + j];
    }

    @Override
    public void update(BatchEvaluation next, double[][] factors) {
        int size = factors.length;
        double[] scales = new double[size];
        double[] core = new double[4 * size];
        for (int row = 0; row < size; row++) {
            scales[row] = factors[row][0];
            core[4 * row] = factors[row][1];
            core[4 * row + 1] = factors[row][2];
            core[4 * row + 2] = factors[row][2];
        }
        space.count(6);
        NDArray basis = NDArrays.stack(
                new NDList(TensorBlock.array(next.step()), TensorBlock.array(next.companion(0))), 1); // [A, 2, n]
        NDArray update =
                basis.swapAxes(1, 2).batchMatMul(space.upload(core, size, 2, 2).batchMatMul(basis)); // [A, n, n]
        matrices.set(matrices.get().mul(space.upload(scales, size, 1, 1)).add(update));
    }

    @Override
    public Block descent() {
        space.count(4);
        NDArray gradient = TensorBlock.array(run.current().gradient());
        return new TensorBlock(
                matrices.get().batchMatMul(gradient.expandDims(2)).squeeze(2).neg());
    }

    @Override
    public void reset(int row) {
        reset[row] = true;
        anyReset = true;
    }

    @Override
    public void keep(RowSelection rows) {
        if (!rows.isAll()) {
            matrices.set(space.gather(matrices.get(), rows.indices()));
            reset = rows.of(reset);
        }
    }

    @Override
    public void close() {
        matrices.close();
    }
}

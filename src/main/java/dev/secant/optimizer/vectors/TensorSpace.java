package dev.secant.optimizer.vectors;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.Tensors;
import java.util.Arrays;

/** Vectors as tensors on the engine's device. Each primitive counts the calls of the engine that it makes. */
public final class TensorSpace extends EngineArrays {

    /**
     * A space.
     *
     * @param manager makes all arrays; closed with the space
     */
    TensorSpace(NDManager manager, int dimension, DataType type) {
        super(manager, dimension, type);
    }

    @Override
    public Storage storage() {
        return Storage.TENSORS;
    }

    @Override
    public Block block(double[][] rows) {
        return new TensorBlock(upload(HostArrays.flat(rows, dimension), rows.length, dimension));
    }

    @Override
    public Block repeated(double[] row, int times) {
        count(1);
        return new TensorBlock(upload(row, 1, dimension).broadcast(times, dimension));
    }

    @Override
    public double[][] rows(Block block) {
        countReadBack(1);
        return HostArrays.rows(HostArrays.doubles(TensorBlock.array(block)), dimension);
    }

    @Override
    public Block scaled(double a, Block x) {
        // Never the array itself, which may be held.
        return a == 1 ? copy(x) : new TensorBlock(scaled(a, TensorBlock.array(x)));
    }

    private NDArray scaled(double a, NDArray x) {
        if (a == 1) {
            return x;
        }
        count(a == -1 ? 1 : 2);
        return a == -1 ? x.neg() : mul(x, a);
    }

    @Override
    public Block scaled(double[] a, Block x) {
        count(1);
        return new TensorBlock(TensorBlock.array(x).mul(column(a)));
    }

    @Override
    public Block sum(double a, Block x, double b, Block y) {
        count(1);
        NDArray first = scaled(a, TensorBlock.array(x));
        NDArray second = TensorBlock.array(y);
        return new TensorBlock(b == -1 ? first.sub(second) : first.add(scaled(b, second)));
    }

    @Override
    public Block sum(double[] a, Block x, Block y) {
        count(2);
        return new TensorBlock(TensorBlock.array(x).mul(column(a)).add(TensorBlock.array(y)));
    }

    @Override
    public Block sum(double[] a, Block x, double[] b, Block y) {
        count(3);
        return new TensorBlock(
                TensorBlock.array(x).mul(column(a)).add(TensorBlock.array(y).mul(column(b))));
    }

    @Override
    public Block times(Block x, Block y) {
        count(1);
        return new TensorBlock(TensorBlock.array(x).mul(TensorBlock.array(y)));
    }

    @Override
    public Block overRoot(double a, Block x, double b, Block y, double epsilon) {
        count(3);
        NDArray root = scaled(b, TensorBlock.array(y).sqrt()).add(epsilon);
        return new TensorBlock(scaled(a, TensorBlock.array(x)).div(root));
    }

    @Override
    public Block where(boolean[] flags, Block yes, Block no) {
        count(4);
        NDArray mask = Tensors.of(manager(), flags, new Shape(flags.length, 1)).broadcast(flags.length, dimension);
        return new TensorBlock(NDArrays.where(mask, TensorBlock.array(yes), TensorBlock.array(no)));
    }

    @Override
    public Block gather(Block block, RowSelection rows) {
        return rows.isAll() ? block : new TensorBlock(gather(TensorBlock.array(block), rows.indices()));
    }

    @Override
    public Block choose(Block[] parts, int[] places) {
        NDArray all;
        if (parts.length == 1) {
            all = TensorBlock.array(parts[0]);
        } else {
            count(1);
            NDList arrays = new NDList();
            for (Block part : parts) {
                arrays.add(TensorBlock.array(part));
            }
            all = NDArrays.concat(arrays);
        }
        return new TensorBlock(gather(all, places));
    }

    @Override
    public Block concat(Block first, Block second) {
        count(1);
        return new TensorBlock(NDArrays.concat(new NDList(TensorBlock.array(first), TensorBlock.array(second))));
    }

    @Override
    public Products products(Block... vectors) {
        NDArray[] arrays = new NDArray[vectors.length];
        Arrays.setAll(arrays, i -> TensorBlock.array(vectors[i]));
        return new Products(ask(gram(arrays)), arrays.length);
    }

    @Override
    public double[][] numbers(NDArray... tensors) {
        Scalars[] scalars = new Scalars[tensors.length];
        double[][] numbers = new double[tensors.length][];
        for (int i = 0; i < scalars.length; i++) {
            count(1);
            scalars[i] = ask(tensors[i].toType(DataType.FLOAT64, false));
        }
        for (int i = 0; i < scalars.length; i++) {
            numbers[i] = scalars[i].all();
        }
        return numbers;
    }

    @Override
    public Block copy(Block block) {
        count(1);
        return new TensorBlock(TensorBlock.array(block).duplicate());
    }

    @Override
    public NDArray tensor(Block block) {
        return TensorBlock.array(block);
    }

    @Override
    public Block block(NDArray tensor) {
        return new TensorBlock(tensor);
    }

    @Override
    public Block block(Points start) {
        if (!start.isTensor()) {
            return block(start.rows());
        }
        count(1);
        NDArray copy = start.tensor().getDevice().equals(manager().getDevice())
                ? start.tensor().duplicate()
                : start.tensor().toDevice(manager().getDevice(), true);
        copy.attach(manager());
        return new TensorBlock(copy);
    }

    @Override
    public Points points(Block block) {
        return Points.of(TensorBlock.array(block));
    }

    @Override
    void retain(Block block) {
        NDScope.unregister(TensorBlock.array(block));
    }

    @Override
    void free(Block block) {
        TensorBlock.array(block).close();
    }
}

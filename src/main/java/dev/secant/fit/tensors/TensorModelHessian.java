package dev.secant.fit.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.fit.ModelHessian;
import dev.secant.optimizer.amortized.InitialInverse;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.PositiveDefiniteInverse;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * The inverses of a batch's {@link ModelHessian}s on tensors, in the form of Woodbury (Golub and Van Loan, Matrix Computations, 4th ed.
 * 2013, section 2.1.4): there are fewer rows of keypoints than variables.
 *
 * <p>{@code H^-1 = D (I - A' M A) D} with {@code D = lambda^(-1/2)}, {@code A = omega^(1/2) J D} (J by the whitened variables) and {@code M = (I + A A')^-1}.
 *
 * @param root {@code D}, {@code [B, n]}
 * @param rows {@code A}, {@code [B, 2 K, n]}
 * @param middle {@code M}, {@code [B, 2 K, 2 K]}
 */
public record TensorModelHessian(NDArray root, NDArray rows, NDArray middle) implements InitialInverse.OnTensors {

    /**
     * The inverses at the start of a batch.
     *
     * @param lambda positive, {@code [B, n]}
     * @param omega positive, {@code [B, K]}
     */
    public static TensorModelHessian of(TensorFitEnergy energy, NDArray lambda, NDArray omega) {
        NDArray root = lambda.sqrt();
        NDArray inverse = root.onesLike().div(root);
        NDArray scales = inverse.mul(energy.batch().scales().transpose());
        NDArray rows = energy.jacobian(omega).muli(scales.expandDims(1));
        NDArray gram = rows.batchMatMul(rows.swapAxes(1, 2));
        NDArray identity = gram.getManager().eye((int) gram.getShape().get(1));
        return new TensorModelHessian(inverse, rows, PositiveDefiniteInverse.of(gram.addi(identity)));
    }

    @Override
    public int size() {
        return (int) root.getShape().get(0);
    }

    @Override
    public NDArray times(NDArray y) {
        NDArray scaled = y.mul(root);
        // Rows times matrices: the engine is several times slower at matrices times columns.
        NDArray seen = scaled.expandDims(1).batchMatMul(rows.swapAxes(1, 2)); // [B, 1, 2 K]
        NDArray back = seen.batchMatMul(middle).batchMatMul(rows).squeeze(1); // [B, n]
        return scaled.sub(back).mul(root);
    }

    @Override
    public TensorModelHessian select(int[] rows) {
        NDManager manager = root.getManager();
        NDIndex index = new NDIndex(
                "{}", Tensors.of(manager, Arrays.stream(rows).asLongStream().toArray()));
        return new TensorModelHessian(root.get(index), this.rows.get(index), middle.get(index)).ownedBy(manager);
    }

    /**
     * Takes the arrays out of the memory scope that made them, which must be the innermost, and gives them to a manager.
     *
     * @return this
     */
    public TensorModelHessian ownedBy(NDManager manager) {
        for (NDArray array : List.of(root, rows, middle)) {
            MemoryScope.lasting(array).attach(manager);
        }
        return this;
    }

    @Override
    public void close() {
        root.close();
        rows.close();
        middle.close();
    }
}

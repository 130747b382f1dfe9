package dev.secant.optimizer.secant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.policy.DenseNetwork;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.policy.SecantPolicy;
import java.util.List;
import java.util.function.Function;

/** The coordinates' networks of the policies of a batch on tensors; each item's coordinates go through those of its own policy. */
final class PolicyNetworksOnTensors {

    private final BatchRun run;
    private final RowTensors tensors;
    private final PolicyAssignment policies;
    private final boolean shapes;
    private final NDArray hiddenWeight;
    private final NDArray hiddenBias;
    private final NDArray outWeight;
    private final NDArray outBias;

    PolicyNetworksOnTensors(BatchRun run, RowTensors tensors, PolicyAssignment policies) {
        this.run = run;
        this.tensors = tensors;
        this.policies = policies;
        this.shapes = policies.policies().stream().anyMatch(SecantPolicy::shapes);
        int in = SecantPolicy.COORDINATE_FEATURES;
        int out = SecantPolicy.COORDINATE_OUTPUTS;
        this.hiddenWeight = all(DenseNetwork::hiddenWeight, SecantPolicy.HIDDEN, in);
        this.hiddenBias = all(DenseNetwork::hiddenBias, 1, SecantPolicy.HIDDEN);
        this.outWeight = all(DenseNetwork::outWeight, out, SecantPolicy.HIDDEN);
        this.outBias = all(DenseNetwork::outBias, 1, out);
    }

    private NDArray all(Function<DenseNetwork, double[]> part, int rows, int columns) {
        List<SecantPolicy> each = policies.policies();
        double[] numbers = new double[each.size() * rows * columns];
        for (int p = 0; p < each.size(); p++) {
            double[] own = part.apply(each.get(p).coordinate());
            System.arraycopy(own, 0, numbers, p * own.length, own.length);
        }
        return tensors.lasting(tensors.upload(numbers, each.size(), rows, columns));
    }

    /** Whether any of them says anything. */
    boolean areOfUse() {
        return shapes;
    }

    /**
     * What the networks say.
     *
     * @param features {@code [k, n, 9]}
     * @return {@code [k, n, 5]}
     */
    NDArray coordinates(RowSelection rows, NDArray features) {
        int[] indices = new int[rows.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = policies.index(run.item(rows.indices()[k]));
        }
        tensors.count(9);
        NDArray sums =
                features.batchMatMul(of(hiddenWeight, indices).swapAxes(1, 2)).add(of(hiddenBias, indices));
        NDArray hidden = sums.div(sums.abs().add(1));
        return hidden.batchMatMul(of(outWeight, indices).swapAxes(1, 2)).add(of(outBias, indices));
    }

    private NDArray of(NDArray all, int[] indices) {
        if (policies.policies().size() == 1) {
            tensors.count(1);
            return all.broadcast(new Shape(
                    indices.length, all.getShape().get(1), all.getShape().get(2)));
        }
        return tensors.gather(all, indices);
    }
}

package dev.secant.optimizer.secant;

import static dev.secant.tensor.ScalarMath.clip;
import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.maximum;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.policy.FeatureScaling;
import org.jspecify.annotations.Nullable;

/**
 * The learned initial inverse Hessians of a batch on tensors, {@code diag(M) + V'V} an item (section 2.2 of docs/methods/secant.md): {@link
 * LearnedInitialInverseHessian} and {@link DiagonalCurvature} for many at a time. All is float64.
 */
final class LearnedInitialOnTensors implements AutoCloseable {

    private static final int TERMS = LearnedInitialInverseHessian.TERMS;

    private final RowTensors tensors;
    private final PolicyNetworksOnTensors networks;
    private final RowTensors.Held numerators;
    private final RowTensors.Held denominators;
    private final RowTensors.Held diagonal;
    private final RowTensors.Held terms;
    private final RowTensors.Held newestStep;
    private final RowTensors.Held newestChange;

    LearnedInitialOnTensors(RowTensors tensors, int size, PolicyNetworksOnTensors networks) {
        this.tensors = tensors;
        this.networks = networks;
        int n = tensors.dimension();
        this.numerators = tensors.zeros(size, n);
        this.denominators = tensors.zeros(size, n);
        this.diagonal = tensors.ones(size, n);
        this.terms = tensors.zeros(size, TERMS, n);
        this.newestStep = tensors.zeros(size, n);
        this.newestChange = tensors.zeros(size, n);
    }

    /** The steps of the newest pairs, {@code [k, n]}. */
    NDArray newestSteps(RowSelection rows) {
        return newestStep.at(rows);
    }

    /** {@code N / D} where anything is known, and else 0. */
    private NDArray curvatures(NDArray n, NDArray d) {
        tensors.count(4);
        return n.div(d.add(tensors.numbers(d.eq(0))));
    }

    /**
     * What two pairs a row would say.
     *
     * @param steps {@code [k, 2, n]}
     * @param changes {@code [k, 2, n]}
     * @return {@code [k, 2, 4]}: {@code sum (h p)^2}, {@code sum h p q}, the negative share, and the mean magnitude with the pair
     */
    NDArray numbers(RowSelection rows, NDArray steps, NDArray changes) {
        int[] last = {2};
        NDArray n = numerators.at(rows).expandDims(1);
        NDArray d = denominators.at(rows).expandDims(1);
        NDArray predicted = curvatures(n, d).mul(steps);
        NDArray products = steps.mul(changes);
        NDArray squares = steps.mul(steps);
        NDArray unit = squares.mean(last, true);
        tensors.count(30);
        NDArray nextN = mul(n, DiagonalCurvature.DECAY).add(products.div(unit));
        NDArray nextD = mul(d, DiagonalCurvature.DECAY).add(squares.div(unit));
        NDArray magnitude = curvatures(nextN, nextD).abs().mean(last);
        return NDArrays.stack(
                new NDList(
                        predicted.mul(predicted).sum(last),
                        predicted.mul(changes).sum(last),
                        tensors.numbers(products.lt(0)).mean(last),
                        magnitude),
                2);
    }

    /**
     * Learns a pair of some of the rows.
     *
     * @param stored whether a row has one
     * @param units {@code p'p / n} of each
     */
    void learn(RowSelection rows, NDArray steps, NDArray changes, boolean[] stored, double[] units) {
        int size = rows.size();
        double[] decay = new double[size];
        double[] weight = new double[size];
        for (int k = 0; k < size; k++) {
            boolean telling = stored[k] && units[k] > 0;
            decay[k] = telling ? DiagonalCurvature.DECAY : 1;
            weight[k] = telling ? 1 / units[k] : 0;
        }
        NDArray a = tensors.upload(decay, size, 1);
        NDArray b = tensors.upload(weight, size, 1);
        tensors.count(8);
        numerators.put(rows, numerators.at(rows).mul(a).add(steps.mul(changes).mul(b)));
        denominators.put(rows, denominators.at(rows).mul(a).add(steps.mul(steps).mul(b)));
        newestStep.put(rows, tensors.where(stored, steps, newestStep.at(rows)));
        newestChange.put(rows, tensors.where(stored, changes, newestChange.at(rows)));
    }

    /**
     * The products with vectors.
     *
     * @param vectors {@code [k, r, n]}
     */
    NDArray times(RowSelection rows, NDArray vectors) {
        NDArray v = terms.at(rows);
        tensors.count(6);
        NDArray inner = vectors.batchMatMul(v.swapAxes(1, 2)); // [k, r, 4]
        return vectors.mul(diagonal.at(rows).expandDims(1)).add(inner.batchMatMul(v));
    }

    /**
     * Shapes the matrices of some of the rows anew.
     *
     * @param gradients at the extrapolated points, {@code [k, n]}
     * @param directions B times the gradients by the matrices so far; null where no policy's network says anything
     * @param shapings one a row; null for rows that stay as they are
     */
    void shape(RowSelection rows, NDArray gradients, @Nullable NDArray directions, @Nullable Shaping[] shapings) {
        int size = rows.size();
        int n = tensors.dimension();
        boolean[] changed = new boolean[size];
        double[] scalars = new double[4 * size];
        for (int k = 0; k < size; k++) {
            Shaping shaping = shapings[k];
            if (shaping != null) {
                changed[k] = true;
                scalars[k] = shaping.weight();
                scalars[size + k] = shaping.confidence();
                scalars[2 * size + k] = shaping.agreement();
                scalars[3 * size + k] = shaping.mismatch();
            }
        }
        NDArray uploaded = tensors.upload(scalars, 4, size, 1);
        NDArray weight = uploaded.get(0);
        NDArray ratios = logRatios(rows);
        tensors.count(4);
        NDArray logs = ratios.mul(uploaded.get(1)).neg();
        if (directions == null) {
            diagonal.put(rows, tensors.where(changed, exponentials(logs), diagonal.at(rows)));
            return;
        }
        NDArray step = normalized(newestStep.at(rows));
        NDArray change = normalized(newestChange.at(rows));
        NDArray slope = normalized(gradients);
        NDArray descent = normalized(directions);
        NDArray h = curvatures(numerators.at(rows), denominators.at(rows));
        tensors.count(30);
        NDArray features = NDArrays.stack(
                new NDList(
                        halfLog(step),
                        halfLog(slope),
                        halfLog(change),
                        clip(
                                div(ratios, 2),
                                -LearnedInitialInverseHessian.LARGEST_RATIO,
                                LearnedInitialInverseHessian.LARGEST_RATIO),
                        sign(step.mul(slope)),
                        sign(h),
                        halfLog(descent),
                        uploaded.get(2).broadcast(size, n),
                        uploaded.get(3).broadcast(size, n)),
                2); // [k, n, 9]
        NDArray out = networks.coordinates(rows, features); // [k, n, 5]
        NDArray shapes = clip(
                out.get(new NDIndex(":, :, 0")),
                -LearnedInitialInverseHessian.LARGEST_SHAPING,
                LearnedInitialInverseHessian.LARGEST_SHAPING);
        NDArray m = exponentials(shapes.mul(weight).add(logs));
        NDArray combined = out.get(new NDIndex(":, :, 1"))
                .mul(step)
                .add(out.get(new NDIndex(":, :, 2")).mul(change))
                .add(out.get(new NDIndex(":, :, 3")).mul(slope))
                .add(out.get(new NDIndex(":, :, 4")).mul(descent.neg()));
        NDArray term = combined.mul(div(m, n).sqrt()).mul(weight);
        NDArray v = terms.at(rows);
        NDArray shifted = v.get(new NDIndex(":, 1:")).concat(term.expandDims(1), 1);
        NDArray kept = tensors.where(changed, shifted.reshape(size, -1), v.reshape(size, -1));
        terms.put(rows, kept.reshape(new Shape(size, TERMS, n)));
        diagonal.put(rows, tensors.where(changed, m, diagonal.at(rows)));
    }

    /** The logarithms of the magnitudes relative to their geometric mean; 0 where nothing is known. */
    private NDArray logRatios(RowSelection rows) {
        int[] last = {1};
        NDArray d = denominators.at(rows);
        NDArray magnitudes = curvatures(numerators.at(rows), d).abs();
        tensors.count(19);
        NDArray mean = magnitudes.mean(last, true);
        NDArray usable = tensors.numbers(mean.gt(0).logicalAnd(mean.lt(Double.POSITIVE_INFINITY)));
        NDArray known = tensors.numbers(d.gt(0)).mul(usable);
        NDArray ratios = magnitudes.div(mean.add(tensors.numbers(mean.eq(0))));
        NDArray logs = maximum(ratios, DiagonalCurvature.LEAST_RATIO).log().mul(known);
        NDArray average = logs.sum(last, true).div(maximum(known.sum(last, true), 1));
        return logs.sub(average.mul(known));
    }

    private NDArray exponentials(NDArray logs) {
        tensors.count(5);
        NDArray centred = logs.sub(logs.mean(new int[] {1}, true));
        return clip(centred, -LearnedInitialInverseHessian.LARGEST_LOG, LearnedInitialInverseHessian.LARGEST_LOG)
                .exp();
    }

    private NDArray normalized(NDArray vectors) {
        tensors.count(5);
        NDArray square = vectors.mul(vectors).mean(new int[] {1}, true);
        return vectors.div(square.sqrt().add(Double.MIN_NORMAL));
    }

    private NDArray halfLog(NDArray ratios) {
        tensors.count(6);
        return clip(
                div(ratios.abs().add(FeatureScaling.LEAST).log(), 2),
                -FeatureScaling.LARGEST_HALF_LOG,
                FeatureScaling.LARGEST_HALF_LOG);
    }

    /** 1 where positive, else -1. */
    private NDArray sign(NDArray numbers) {
        tensors.count(4);
        return mul(tensors.numbers(numbers.gt(0)), 2).sub(1);
    }

    void keep(RowSelection rows) {
        for (RowTensors.Held held : all()) {
            held.keep(rows);
        }
    }

    private RowTensors.Held[] all() {
        return new RowTensors.Held[] {numerators, denominators, diagonal, terms, newestStep, newestChange};
    }

    @Override
    public void close() {
        for (RowTensors.Held held : all()) {
            held.close();
        }
    }
}

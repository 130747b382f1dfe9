package dev.secant.optimizer.firstorder;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.OwnedArray;

/**
 * Running means of the gradient and of a squared scale, and the step they give: Adam's update, where the scale is the
 * gradient itself, and AdaHessian's, where it is the Hessian's diagonal.
 */
final class Moments implements AutoCloseable {

    private final double firstDecay;
    private final double secondDecay;
    private final OwnedArray first = new OwnedArray();
    private final OwnedArray second = new OwnedArray();
    private int steps;

    Moments(double firstDecay, double secondDecay) {
        this.firstDecay = firstDecay;
        this.secondDecay = secondDecay;
    }

    /** {@code -rate m / (sqrt(v) + epsilon)} with both means corrected for their start at zero. */
    NDArray displacement(NDArray gradient, NDArray scale, double rate, double epsilon) {
        steps++;
        NDArray mean = blended(first, gradient, firstDecay);
        NDArray square = blended(second, scale.square(), secondDecay);
        first.set(mean);
        second.set(square);
        double firstBias = 1 - Math.pow(firstDecay, steps);
        double secondBias = 1 - Math.pow(secondDecay, steps);
        NDArray root = mul(square.sqrt(), 1 / Math.sqrt(secondBias)).add(epsilon);
        return mul(mean, -rate / firstBias).div(root);
    }

    private static NDArray blended(OwnedArray mean, NDArray next, double decay) {
        NDArray part = mul(next, 1 - decay);
        return mean.isEmpty() ? part : mul(mean.get(), decay).add(part);
    }

    void keep(RowSelection rows) {
        first.keep(rows);
        second.keep(rows);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}

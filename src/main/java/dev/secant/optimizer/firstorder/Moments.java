package dev.secant.optimizer.firstorder;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Held;
import dev.secant.optimizer.batch.VectorSpace;

/**
 * Running means of the gradient and of a squared scale, and the step they give: Adam's update, where the scale is the
 * gradient itself, and AdaHessian's, where it is the Hessian's diagonal.
 */
final class Moments implements AutoCloseable {

    private final VectorSpace space;
    private final double firstDecay;
    private final double secondDecay;
    private final Held first;
    private final Held second;
    private int steps;

    Moments(VectorSpace space, double firstDecay, double secondDecay) {
        this.space = space;
        this.firstDecay = firstDecay;
        this.secondDecay = secondDecay;
        this.first = space.hold();
        this.second = space.hold();
    }

    /** {@code -rate m / (sqrt(v) + epsilon)} with both means corrected for their start at zero. */
    Block displacement(Block gradient, Block scale, double rate, double epsilon) {
        steps++;
        Block mean = blended(first, gradient, firstDecay);
        Block square = blended(second, space.times(scale, scale), secondDecay);
        first.set(mean);
        second.set(square);
        double firstBias = 1 - Math.pow(firstDecay, steps);
        double secondBias = 1 - Math.pow(secondDecay, steps);
        return space.overRoot(-rate / firstBias, mean, 1 / Math.sqrt(secondBias), square, epsilon);
    }

    private Block blended(Held mean, Block next, double decay) {
        return mean.isEmpty() ? space.scaled(1 - decay, next) : space.sum(decay, mean.get(), 1 - decay, next);
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

package dev.secant.optimizer.batch;

/**
 * Numbers of each row that are computed on the device and read back, together with all others that were asked for, when one of them is
 * looked at; that must be within the step that asked.
 */
public final class Scalars implements RowNumbers {

    private final TensorSpace space;
    private final int width;
    private double[] numbers = {};
    private boolean known;

    Scalars(TensorSpace space, int width) {
        this.space = space;
        this.width = width;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public double get(int row, int column) {
        return all()[row * width + column];
    }

    /** All numbers, row after row. */
    double[] all() {
        if (!known) {
            space.readBack();
        }
        if (!known) {
            throw new IllegalStateException("The numbers were asked for in a step that has ended.");
        }
        return numbers;
    }

    void set(double[] read) {
        numbers = read;
        known = true;
    }
}

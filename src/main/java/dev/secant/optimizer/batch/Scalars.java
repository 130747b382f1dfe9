package dev.secant.optimizer.batch;

/**
 * Numbers of each row that are computed on the device and read back, together with all others that were asked for, when one of them is
 * looked at; that must be within the step that asked.
 */
public final class Scalars {

    private final TensorSpace space;
    private final int width;
    private double[] numbers = {};
    private boolean known;

    Scalars(TensorSpace space, int width) {
        this.space = space;
        this.width = width;
    }

    /** How many numbers a row has. */
    public int width() {
        return width;
    }

    /** A number of a row. */
    public double get(int row, int column) {
        if (!known) {
            space.readBack();
        }
        if (!known) {
            throw new IllegalStateException("The numbers were asked for in a step that has ended.");
        }
        return numbers[row * width + column];
    }

    void set(double[] read) {
        numbers = read;
        known = true;
    }
}

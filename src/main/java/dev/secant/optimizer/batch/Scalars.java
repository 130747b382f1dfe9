package dev.secant.optimizer.batch;

import org.jspecify.annotations.Nullable;

/**
 * Some numbers of each row; on tensors they are computed on the device and read back, together with all others that were asked for, when one of them is
 * looked at; that must be within the step that asked.
 */
public final class Scalars {

    private final @Nullable TensorSpace space;
    private final int width;
    private double[] numbers = {};
    private boolean known;

    /** Numbers that are there. */
    Scalars(double[] numbers, int width) {
        this.space = null;
        this.width = width;
        set(numbers);
    }

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
        return all()[row * width + column];
    }

    /** All numbers, row after row. */
    double[] all() {
        if (!known && space != null) {
            space.readBack();
        }
        if (!known) {
            throw new IllegalStateException("The numbers were asked for in a step that has ended.");
        }
        return numbers;
    }

    final void set(double[] read) {
        numbers = read;
        known = true;
    }
}

package dev.secant.objective;

import java.util.Random;

/**
 * Moves numbers at random, each by up to a share of itself and to where it would underflow. Whole numbers among the constants stay: they are the same in every
 * arithmetic, and exponents.
 *
 * @param share the largest relative change
 * @param smallest the least normal number of the arithmetic
 * @param random which
 */
public record Disturbance(double share, double smallest, Random random) {

    /** Whole numbers are exact in float32 up to here. */
    private static final double LARGEST_WHOLE = 1 << 24;

    /** A number, moved. */
    public double move(double number) {
        double part = 2 * random.nextDouble() - 1;
        return number * (1 + share * part) + smallest * part;
    }

    public void move(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = move(numbers[i]);
        }
    }

    public double[] movedConstants(double[] numbers) {
        double[] moved = numbers.clone();
        for (int i = 0; i < moved.length; i++) {
            boolean whole = moved[i] == Math.rint(moved[i]) && Math.abs(moved[i]) <= LARGEST_WHOLE;
            moved[i] = whole ? moved[i] : move(moved[i]);
        }
        return moved;
    }
}

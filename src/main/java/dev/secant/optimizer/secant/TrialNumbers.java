package dev.secant.optimizer.secant;

import dev.secant.optimizer.batch.BatchEvaluation;

/** Where the numbers of a trial are that are read back from tensors with its value. */
final class TrialNumbers {

    /** The vectors of the Gram matrix, in this order. */
    static final int MOVE = 0;

    static final int TRIAL = 1;
    static final int MOVE_CHANGE = 2;
    static final int LINE_CHANGE = 3;
    static final int LINE = 4;
    static final int CURRENT = 5;
    static final int BASE = 6;
    static final int NEWEST = 7;
    static final int VECTORS = 8;

    /** Then of the line's and of the move's pair: the curvature's numbers, and the products of the change with all stored steps. */
    static final int PAIR = VECTORS * VECTORS;

    static final int PAIR_NUMBERS = 4;
    static final int STEPS = PAIR + 2 * PAIR_NUMBERS;

    /** After the products: whether the proposal was replaced, and the squares of secant residual and asymmetry. */
    static final int REPLACED = 0;

    static final int RESIDUAL = 1;
    static final int ASYMMETRY = 2;
    static final int OTHERS = 3;

    private TrialNumbers() {}

    /** A product of two of the vectors. */
    static double product(BatchEvaluation trials, int k, int i, int j) {
        return trials.measured(k)[i * VECTORS + j];
    }

    /** The i-th number that a pair would have of the curvature along the coordinates. */
    static double ofPair(BatchEvaluation trials, int k, boolean line, int i) {
        return trials.measured(k)[PAIR + (line ? 0 : PAIR_NUMBERS) + i];
    }

    /** The product of a pair's change with the step in a slot. */
    static double withStep(BatchEvaluation trials, int k, boolean line, int slot, int capacity) {
        return trials.measured(k)[STEPS + (line ? 0 : capacity) + slot];
    }

    /** One of the numbers after the products. */
    static double other(BatchEvaluation trials, int k, int i, int capacity) {
        return trials.measured(k)[STEPS + 2 * capacity + i];
    }
}

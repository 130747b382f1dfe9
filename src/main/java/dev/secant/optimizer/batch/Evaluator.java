package dev.secant.optimizer.batch;

import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.ArraySpace;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.TensorSpace;
import dev.secant.optimizer.vectors.VectorSpace;
import org.jspecify.annotations.Nullable;

/** Evaluates a batch's objective on the storage of its vectors. */
sealed interface Evaluator permits EvaluatorOnArrays, EvaluatorOnTensors {

    /** The evaluator for a space. */
    static Evaluator of(VectorSpace space, ObjectiveSelection objective) {
        if (space instanceof ArraySpace arrays) {
            return new EvaluatorOnArrays(arrays, objective);
        }
        return new EvaluatorOnTensors((TensorSpace) space, objective);
    }

    /** The starts of all items with their values and gradients, and their norms asked for. */
    BatchEvaluation evaluateStart(int[] items, Points start);

    /**
     * Points with their values and gradients.
     *
     * @param items the items' places in the batch as it was started
     * @param rows their places among the rows of {@code from}
     * @param from the current points of all running rows
     * @param direction {@code [k, n]}
     * @param lengths factors of the directions; null for 1
     */
    BatchEvaluation evaluate(int[] items, RowSelection rows, Block from, Block direction, double @Nullable [] lengths);

    /** Hessian-vector products at points {@code [k, n]}. */
    Block hessianVectorProduct(int[] items, Block x, Block direction);
}

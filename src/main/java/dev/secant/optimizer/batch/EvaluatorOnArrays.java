package dev.secant.optimizer.batch;

import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.optimizer.HostArrays;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.ArrayBlock;
import dev.secant.optimizer.vectors.ArraySpace;
import dev.secant.optimizer.vectors.Block;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;
import org.jspecify.annotations.Nullable;

/** Evaluates on arrays where the objective offers that, and else on tensors: one upload and one read-back an evaluation. */
final class EvaluatorOnArrays implements Evaluator {

    private final ArraySpace space;
    private final ObjectiveSelection objective;
    private final int dimension;
    private final boolean isDouble;

    EvaluatorOnArrays(ArraySpace space, ObjectiveSelection objective) {
        this.space = space;
        this.objective = objective;
        this.dimension = space.dimension();
        this.isDouble = space.type() == DataType.FLOAT64;
    }

    @Override
    public BatchEvaluation evaluateStart(int[] items, Points start) {
        double[][] x = ArrayBlock.rows(space.block(start));
        double[][] step = new double[x.length][dimension];
        return evaluated(items, RowSelection.all(x.length), x, step);
    }

    @Override
    public BatchEvaluation evaluate(
            int[] items, RowSelection rows, Block from, Block direction, double @Nullable [] lengths) {
        double[][] current = ArrayBlock.rows(from);
        double[][] directions = ArrayBlock.rows(direction);
        int[] indices = rows.indices();
        double[][] x = new double[indices.length][dimension];
        double[][] step = new double[indices.length][dimension];
        for (int k = 0; k < indices.length; k++) {
            advance(current[indices[k]], lengths == null ? 1 : lengths[k], directions[k], x[k], step[k]);
        }
        return evaluated(items, rows, x, step);
    }

    /** The point at a length of a direction, as the data type rounds it, and the step that this really is. */
    private void advance(double[] from, double length, double[] direction, double[] x, double[] step) {
        if (isDouble) {
            for (int j = 0; j < x.length; j++) {
                x[j] = from[j] + length * direction[j];
                step[j] = x[j] - from[j];
            }
        } else {
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) (from[j] + length * direction[j]);
                step[j] = x[j] - from[j];
            }
        }
    }

    @SuppressWarnings("try")
    private BatchEvaluation evaluated(int[] items, RowSelection rows, double[][] x, double[][] step) {
        double[] values;
        double[][] gradient;
        if (objective.whole() instanceof ArrayObjective arrays && arrays.suits(items.length)) {
            values = new double[items.length];
            gradient = new double[items.length][dimension];
            for (int k = 0; k < values.length; k++) {
                values[k] = arrays.evaluate(items[k], x[k], gradient[k]);
            }
        } else {
            try (MemoryScope scope = MemoryScope.open()) {
                ValueAndGradient at = objective.of(items).evaluate(space.tensor(new ArrayBlock(x)));
                values = HostArrays.doubles(at.values());
                gradient = ArrayBlock.rows(space.block(at.gradient()));
            }
        }
        return BatchEvaluation.onArrays(rows, x, step, gradient, values);
    }

    @Override
    @SuppressWarnings("try")
    public Block hessianVectorProduct(int[] items, Block x, Block direction) {
        if (objective.whole() instanceof ArrayObjective arrays && arrays.productsSuit(items.length)) {
            double[][] points = ArrayBlock.rows(x);
            double[][] directions = ArrayBlock.rows(direction);
            double[][] products = new double[items.length][dimension];
            for (int k = 0; k < products.length; k++) {
                arrays.hessianVectorProduct(items[k], points[k], directions[k], space.epsilon(), products[k]);
            }
            return new ArrayBlock(products);
        }
        try (MemoryScope scope = MemoryScope.open()) {
            return space.block(objective.of(items).hessianVectorProduct(space.tensor(x), space.tensor(direction)));
        }
    }
}

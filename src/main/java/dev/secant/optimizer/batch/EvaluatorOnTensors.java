package dev.secant.optimizer.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Scalars;
import dev.secant.optimizer.vectors.TensorBlock;
import dev.secant.optimizer.vectors.TensorSpace;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;
import org.jspecify.annotations.Nullable;

/** Evaluates on the engine's device; the scalars of the points are asked for, not read. */
final class EvaluatorOnTensors implements Evaluator {

    private final TensorSpace space;
    private final ObjectiveSelection objective;

    EvaluatorOnTensors(TensorSpace space, ObjectiveSelection objective) {
        this.space = space;
        this.objective = objective;
    }

    @Override
    public BatchEvaluation evaluateStart(int[] items, Points start) {
        Block block = space.block(start);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray x = TensorBlock.array(block);
            space.count(1);
            NDArray step = scope.keep(x.zerosLike());
            return evaluated(scope, objective.of(items).evaluate(x), RowSelection.all(items.length), x, step);
        }
    }

    @Override
    public BatchEvaluation evaluate(
            int[] items, RowSelection rows, Block from, Block direction, double @Nullable [] lengths) {
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray current = TensorBlock.array(space.gather(from, rows));
            NDArray displacement = TensorBlock.array(lengths == null ? direction : space.scaled(lengths, direction));
            space.count(2);
            NDArray x = scope.keep(current.add(displacement));
            NDArray step = scope.keep(x.sub(current));
            return evaluated(scope, objective.of(items).evaluate(x), rows, x, step);
        }
    }

    private BatchEvaluation evaluated(
            MemoryScope scope, ValueAndGradient at, RowSelection rows, NDArray x, NDArray step) {
        NDArray gradient = scope.keep(at.gradient());
        space.count(4);
        int size = rows.size();
        NDArray products = space.gram(gradient, step, x).reshape(size, 9);
        NDArray values = at.values().toType(DataType.FLOAT64, false).reshape(size, 1);
        Scalars scalars = space.ask(products.concat(values, 1), scope); // [k, 10]
        return BatchEvaluation.onTensors(
                rows, new TensorBlock(x), new TensorBlock(step), new TensorBlock(gradient), scalars);
    }

    @Override
    public Block hessianVectorProduct(int[] items, Block x, Block direction) {
        return new TensorBlock(
                objective.of(items).hessianVectorProduct(TensorBlock.array(x), TensorBlock.array(direction)));
    }
}

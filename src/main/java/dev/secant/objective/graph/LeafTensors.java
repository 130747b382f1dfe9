package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;

/** The tensors of numbers and parameters. */
public final class LeafTensors {

    private final NDManager manager;
    private final DataType dataType;
    private final Map<String, ParameterValue> parameters;

    public LeafTensors(NDManager manager, DataType dataType, Map<String, ParameterValue> parameters) {
        this.manager = manager;
        this.dataType = dataType;
        this.parameters = parameters;
    }

    public Batched tensor(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Operation.Parameter name) {
            ParameterValue value = parameters.get(name.name());
            if (value == null) {
                throw new IllegalStateException("The parameter (%s) has no value.".formatted(name.name()));
            }
            return parameter(value);
        }
        return new Batched(create(numbers(operation, node.type()), shape(node.type())), false);
    }

    private Batched parameter(ParameterValue value) {
        Shape shape = shape(value.type());
        if (value.perItem()) {
            shape = new Shape(value.numbers().length / value.type().elements()).addAll(shape);
        }
        return new Batched(create(value.numbers(), shape), value.perItem());
    }

    public static double[] numbers(Operation operation, TensorType type) {
        double[] numbers = new double[(int) type.elements()];
        if (operation instanceof Operation.Scalar scalar) {
            numbers[0] = scalar.value();
        } else if (operation instanceof Operation.Filled filled) {
            Arrays.fill(numbers, filled.value());
        } else if (operation instanceof Operation.Numbers list) {
            Arrays.setAll(numbers, i -> list.values().get(i));
        } else if (operation instanceof Operation.Sequence sequence) {
            Arrays.setAll(numbers, i -> sequence.first() + i * sequence.step());
        } else {
            throw new IllegalStateException("The leaf (%s) has no numbers.".formatted(operation));
        }
        return numbers;
    }

    private NDArray create(double[] numbers, Shape shape) {
        return Tensors.of(manager, dataType, numbers, shape);
    }

    private static Shape shape(TensorType type) {
        return new Shape(
                type.dimensions().stream().mapToLong(Integer::longValue).toArray());
    }
}

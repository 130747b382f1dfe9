package dev.secant.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled objective with its parameters on plain arrays of the JVM, one item at a time, in double precision: value,
 * gradient, and the Hessian's product with a direction.
 *
 * <p>It is what {@link BoundObjective} is on tensors, with the same conventions at kinks and ties. An operation of the engine
 * takes microseconds whatever its size; here a small one takes a fraction of that. One thread uses it.
 */
public final class ArrayEvaluator {

    private final CompiledObjective compiled;
    private final Map<String, ParameterValue> parameters;
    private final double[][] values;
    private final double[][] adjoints;
    private final List<ArrayKernel> ofItem;
    private final List<ArrayKernel> steps;
    private final Map<Integer, double[][]> perItem;
    private final int variable;
    private final int direction;
    private final double[] unread;
    private int item = -1;
    private @Nullable ArrayEvaluator derivative;

    private ArrayEvaluator(CompiledObjective compiled, Map<String, ParameterValue> parameters, Layout layout) {
        this.compiled = compiled;
        this.parameters = parameters;
        this.values = layout.values;
        this.adjoints = layout.adjoints;
        this.ofItem = List.copyOf(layout.ofItem);
        this.steps = List.copyOf(layout.steps);
        this.perItem = Map.copyOf(layout.perItem);
        this.variable = layout.variable;
        this.direction = layout.direction;
        this.unread = new double[compiled.dimension()];
    }

    /**
     * Gives the parameters their numbers; what depends on nothing else is computed now.
     *
     * @param values one for each of {@link CompiledObjective#parameters}
     */
    public static ArrayEvaluator bind(CompiledObjective compiled, Map<String, ParameterValue> values) {
        return new ArrayEvaluator(compiled, values, new Layout(compiled, values));
    }

    /** The number of variables n. */
    public int dimension() {
        return compiled.dimension();
    }

    /**
     * Value and gradient.
     *
     * @param which the item, for parameters that each has its own of
     * @param x the point, {@code [n]}
     * @param gradient receives the gradient, {@code [n]}
     * @return the value
     */
    public double evaluate(int which, double[] x, double[] gradient) {
        return run(which, x, unread, gradient);
    }

    /**
     * The product of the Hessian with a direction, exactly.
     *
     * @param which the item
     * @param x the point, {@code [n]}
     * @param along the direction v, {@code [n]}
     * @param product receives {@code H v}, {@code [n]}
     * @return the derivative along the direction, {@code grad f(x) . v}
     */
    public double hessianVectorProduct(int which, double[] x, double[] along, double[] product) {
        if (derivative == null) {
            derivative = bind(compiled.directionalDerivative(), parameters);
        }
        return derivative.run(which, x, along, product);
    }

    private double run(int which, double[] x, double[] along, double[] gradient) {
        double value = forward(which, x, along);
        for (double[] adjoint : adjoints) {
            if (adjoint != null) {
                Arrays.fill(adjoint, 0);
            }
        }
        adjoints[compiled.result().id()][0] = 1;
        for (int k = steps.size() - 1; k >= 0; k--) {
            steps.get(k).backward(values, adjoints);
        }
        if (variable < 0) {
            // The derivative of a linear formula does not depend on x.
            Arrays.fill(gradient, 0);
        } else {
            System.arraycopy(adjoints[variable], 0, gradient, 0, gradient.length);
        }
        return value;
    }

    private double forward(int which, double[] x, double[] along) {
        if (which != item) {
            perItem.forEach((slot, numbers) -> values[slot] = numbers[which]);
            ofItem.forEach(kernel -> kernel.forward(values));
            item = which;
        }
        if (variable >= 0) {
            System.arraycopy(x, 0, values[variable], 0, x.length);
        }
        if (direction >= 0) {
            System.arraycopy(along, 0, values[direction], 0, along.length);
        }
        for (ArrayKernel step : steps) {
            step.forward(values);
        }
        return values[compiled.result().id()][0];
    }

    /** Where everything stands, and in which order it is computed. */
    private static final class Layout {

        private final double[][] values;
        private final double[][] adjoints;
        private final List<ArrayKernel> ofItem = new ArrayList<>();
        private final List<ArrayKernel> steps = new ArrayList<>();
        private final Map<Integer, double[][]> perItem = new java.util.HashMap<>();
        private final boolean[] varies;
        private int variable = -1;
        private int direction = -1;

        Layout(CompiledObjective compiled, Map<String, ParameterValue> parameters) {
            List<Node> nodes = compiled.nodes();
            int size = nodes.get(nodes.size() - 1).id() + 1;
            this.values = new double[size][];
            this.adjoints = new double[size][];
            this.varies = new boolean[size];
            for (Node node : nodes) {
                place(node, parameters);
            }
        }

        private void place(Node node, Map<String, ParameterValue> parameters) {
            int slot = node.id();
            values[slot] = new double[(int) node.type().elements()];
            if (node.isVariable()) {
                adjoints[slot] = new double[values[slot].length];
            }
            if (node.operation() instanceof Operation.Variable) {
                variable = slot;
            } else if (node.operation() instanceof Operation.Direction) {
                direction = slot;
            } else if (node.operation() instanceof Operation.Parameter parameter) {
                place(slot, parameters.get(parameter.name()));
            } else if (node.inputs().isEmpty()) {
                values[slot] = LeafTensors.numbers(node.operation(), node.type());
            } else {
                schedule(node);
            }
        }

        private void place(int slot, @Nullable ParameterValue value) {
            if (value == null) {
                throw new IllegalStateException("A parameter has no value.");
            }
            if (!value.perItem()) {
                values[slot] = value.numbers();
                return;
            }
            varies[slot] = true;
            int each = (int) value.type().elements();
            double[][] items = new double[value.numbers().length / each][];
            Arrays.setAll(items, i -> Arrays.copyOfRange(value.numbers(), i * each, (i + 1) * each));
            perItem.put(slot, items);
        }

        private void schedule(Node node) {
            ArrayKernel kernel = ArrayKernel.of(node);
            varies[node.id()] = node.inputs().stream().anyMatch(input -> varies[input.id()]);
            if (node.isVariable()) {
                steps.add(kernel);
            } else if (varies[node.id()]) {
                ofItem.add(kernel);
            } else {
                kernel.forward(values);
            }
        }
    }
}

package dev.secant.objective.array;

import dev.secant.objective.CompiledObjective;
import dev.secant.objective.Disturbance;
import dev.secant.objective.graph.LeafTensors;
import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.NodePrinter;
import dev.secant.objective.graph.Operation;
import dev.secant.objective.graph.ParameterValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of every node of a formula, one slot each, and the kernels that compute them in order: at once what depends on
 * shared parameters alone, at an item's first evaluation what depends on its own parameters, at every evaluation the rest.
 */
final class ArraySlots {

    private final double[][] values;
    private final double[][] adjoints;
    private final List<Node> nodes;
    private final List<Computation> computations = new ArrayList<>();
    private final List<Node> ofItem = new ArrayList<>();
    private final Map<String, ParameterValue> parameters;
    private final Map<Integer, Map<Integer, double[]>> known = new HashMap<>();
    private final int[] needed;
    private final int result;
    private int variable = -1;
    private int direction = -1;
    private int current = -1;

    /** What is done at every evaluation, in order. */
    private record Computation(Node node, ArrayKernel kernel) {}

    ArraySlots(CompiledObjective compiled, Map<String, ParameterValue> parameters) {
        this.nodes = compiled.nodes();
        int size = nodes.get(nodes.size() - 1).id() + 1;
        this.parameters = parameters;
        this.values = new double[size][];
        this.adjoints = new double[size][];
        this.result = compiled.result().id();
        boolean[] varies = new boolean[size];
        for (Node node : nodes) {
            place(node, varies);
        }
        this.needed = nodes.stream()
                .filter(Node::isVariable)
                .flatMap(node -> node.inputs().stream())
                .filter(input -> !input.isVariable() && varies[input.id()])
                .mapToInt(Node::id)
                .distinct()
                .toArray();
    }

    private void place(Node node, boolean[] varies) {
        int slot = node.id();
        Operation operation = node.operation();
        if (node.isVariable()) {
            values[slot] = empty(node);
        }
        if (node.dependsOnPoint()) {
            adjoints[slot] = empty(node);
        }
        if (operation instanceof Operation.Variable) {
            variable = slot;
        } else if (operation instanceof Operation.Direction) {
            direction = slot;
        } else if (node.isVariable()) {
            schedule(node);
        } else if (isOfItem(node, varies)) {
            varies[slot] = true;
            ofItem.add(node);
        } else {
            compute(node, 0);
        }
    }

    private void schedule(Node node) {
        computations.add(new Computation(node, ArrayKernel.of(node)));
    }

    private boolean isOfItem(Node node, boolean[] varies) {
        return node.operation() instanceof Operation.Parameter name
                ? parameter(name).perItem()
                : node.inputs().stream().anyMatch(input -> varies[input.id()]);
    }

    private ParameterValue parameter(Operation.Parameter name) {
        return Objects.requireNonNull(parameters.get(name.name()));
    }

    private static double[] empty(Node node) {
        return new double[(int) node.type().elements()];
    }

    /** Computes a node that does not depend on the point. */
    private void compute(Node node, int item) {
        if (node.operation() instanceof Operation.Parameter name) {
            values[node.id()] = parameter(name).of(item);
        } else if (node.inputs().isEmpty()) {
            values[node.id()] = LeafTensors.numbers(node.operation(), node.type());
        } else {
            values[node.id()] = empty(node);
            ArrayKernel.of(node).forward(values);
        }
    }

    /**
     * The result, and its gradient by the point.
     *
     * @param direction read by directional derivatives only
     */
    double evaluate(int item, double[] x, double[] direction, double[] gradient) {
        enter(item);
        put(variable, x);
        put(this.direction, direction);
        return run(gradient, null);
    }

    /** The same with every number that is computed on the way moved a little. */
    double disturbed(int item, double[] x, double[] gradient, Disturbance disturbance) {
        enter(item);
        put(variable, x);
        Map<Integer, double[]> kept = new HashMap<>();
        for (Node node : nodes) {
            if (!node.isVariable() && !node.type().logical()) {
                kept.put(node.id(), values[node.id()]);
                values[node.id()] = disturbance.movedConstants(values[node.id()]);
            }
        }
        try {
            return run(gradient, disturbance);
        } finally {
            kept.forEach((slot, numbers) -> values[slot] = numbers);
        }
    }

    private double run(double[] gradient, @Nullable Disturbance disturbance) {
        for (Computation computation : computations) {
            computation.kernel.forward(values);
            if (disturbance != null && !computation.node.type().logical()) {
                disturbance.move(values[computation.node.id()]);
            }
        }
        if (adjoints[result] == null) {
            // The derivative of a linear formula does not depend on x.
            Arrays.fill(gradient, 0);
        } else {
            differentiate(disturbance);
            System.arraycopy(adjoints[variable], 0, gradient, 0, gradient.length);
        }
        return values[result][0];
    }

    /** The first part that is not finite after an evaluation, or else the last that the value has no finite derivative by. */
    Optional<String> notFinite() {
        for (Node node : nodes) {
            int element = node.isVariable() ? notFinite(values[node.id()]) : -1;
            if (element >= 0) {
                return Optional.of(describe(node, element));
            }
        }
        for (int k = nodes.size() - 1; k >= 0; k--) {
            double[] adjoint = adjoints[nodes.get(k).id()];
            int element = adjoint == null ? -1 : notFinite(adjoint);
            if (element >= 0) {
                return Optional.of("the derivative by %s is %s"
                        .formatted(element(nodes.get(k), element), NodePrinter.number(adjoint[element])));
            }
        }
        return Optional.empty();
    }

    private static int notFinite(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i])) {
                return i;
            }
        }
        return -1;
    }

    private String describe(Node node, int element) {
        String inputs = node.inputs().stream()
                .filter(input -> input.scalarConstant() == null)
                .filter(input -> input.type().isScalar() || input.type().equals(node.type()))
                .distinct()
                .map(input -> {
                    int at = input.type().isScalar() ? 0 : element;
                    return element(input, at) + " is " + NodePrinter.number(values[input.id()][at]);
                })
                .collect(Collectors.joining(" and "));
        return element(node, element) + " is " + NodePrinter.number(values[node.id()][element])
                + (inputs.isEmpty() ? "" : ", where " + inputs);
    }

    private static String element(Node node, int element) {
        String written = NodePrinter.print(node);
        return node.type().isScalar() ? written : "element %d of %s".formatted(element + 1, written);
    }

    private void put(int slot, double[] numbers) {
        if (slot >= 0) {
            System.arraycopy(numbers, 0, values[slot], 0, numbers.length);
        }
    }

    private void differentiate(@Nullable Disturbance disturbance) {
        for (double[] adjoint : adjoints) {
            if (adjoint != null) {
                Arrays.fill(adjoint, 0);
            }
        }
        adjoints[result][0] = 1;
        for (int k = computations.size() - 1; k >= 0; k--) {
            Computation computation = computations.get(k);
            double[] adjoint = adjoints[computation.node.id()];
            if (adjoint != null) {
                if (disturbance != null) {
                    disturbance.move(adjoint);
                }
                computation.kernel.backward(values, adjoints);
            }
        }
    }

    private void enter(int item) {
        if (needed.length == 0 || item == current) {
            return;
        }
        known.computeIfAbsent(item, this::constants).forEach((slot, numbers) -> values[slot] = numbers);
        current = item;
    }

    private Map<Integer, double[]> constants(int item) {
        ofItem.forEach(node -> compute(node, item));
        Map<Integer, double[]> constants = new HashMap<>();
        for (int slot : needed) {
            constants.put(slot, values[slot]);
        }
        return constants;
    }
}

package dev.secant.objective;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.io.Sha256;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.objective.graph.FormulaChecker;
import dev.secant.objective.graph.GraphBuilder;
import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.SumOfSquares;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.objective.syntax.Formula;
import dev.secant.objective.syntax.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A formula for a number of variables and for parameters of certain shapes, ready to be bound to their numbers.
 *
 * <p>Two with the same {@link #digest} compute the same operations: their points, with parameters per item, can be
 * evaluated in one batch.
 */
public final class CompiledObjective {

    private final int dimension;
    private final Map<String, TensorType> parameters;
    private final List<Node> nodes;
    private final Node result;
    private final String digest;
    private final @Nullable CompiledObjective residuals;
    private final EvaluationCost evaluationCost;
    private @Nullable CompiledObjective directionalDerivative;

    private CompiledObjective(
            int dimension, Map<String, TensorType> parameters, Node result, @Nullable CompiledObjective residuals) {
        this.dimension = dimension;
        this.parameters = parameters;
        this.result = result;
        this.nodes = reachable(result);
        this.digest = digest(dimension, nodes);
        this.residuals = residuals;
        this.evaluationCost = EvaluationCost.of(nodes);
    }

    /**
     * Checks shapes and limits.
     *
     * @param dimension the number of variables n
     * @param parameters the shapes of the named parameters
     * @throws ExpressionException at the place of the first mistake
     */
    public static CompiledObjective compile(
            Formula formula, int dimension, Map<String, TensorType> parameters, ExpressionLimits limits) {
        if (dimension < 1 || dimension > limits.dimension()) {
            throw new IllegalArgumentException(
                    "The dimension (%d) must be from 1 to %d.".formatted(dimension, limits.dimension()));
        }
        Map<String, TensorType> sorted = new TreeMap<>(parameters);
        sorted.keySet().forEach(CompiledObjective::checkName);
        GraphBuilder graph = new GraphBuilder(limits);
        Node result = new FormulaChecker(graph, dimension, sorted).check(formula);
        return new CompiledObjective(dimension, sorted, result, residuals(graph, result, dimension, sorted));
    }

    /** Compiles within the default limits. */
    public static CompiledObjective compile(Formula formula, int dimension, Map<String, TensorType> parameters) {
        return compile(formula, dimension, parameters, ExpressionLimits.DEFAULT);
    }

    /**
     * Why a parameter can't have this name.
     *
     * @return the reason, or null if it can
     */
    public static @Nullable String whyNotParameter(String name) {
        String reserved = Names.whyReserved(name);
        if (reserved != null) {
            return "The name %s can't be a parameter's: %s.".formatted(name, reserved);
        }
        return name.matches("[a-zA-Z_][a-zA-Z_0-9]*")
                ? null
                : "The name '%s' of a parameter must consist of letters, digits and _ and not start with a digit."
                        .formatted(name);
    }

    private static void checkName(String name) {
        String reason = whyNotParameter(name);
        if (reason != null) {
            throw new IllegalArgumentException(reason);
        }
    }

    private static @Nullable CompiledObjective residuals(
            GraphBuilder graph, Node result, int dimension, Map<String, TensorType> parameters) {
        try {
            Node node = SumOfSquares.residuals(graph, result);
            return node == null ? null : new CompiledObjective(dimension, parameters, node, null);
        } catch (ExpressionException beyondLimits) {
            // The formula itself is within them; only this view of it is not.
            return null;
        }
    }

    /** The nodes that the result needs, inputs first. */
    private static List<Node> reachable(Node result) {
        Map<Integer, Node> needed = new TreeMap<>();
        List<Node> pending = new ArrayList<>(List.of(result));
        while (!pending.isEmpty()) {
            Node node = pending.remove(pending.size() - 1);
            if (needed.put(node.id(), node) == null) {
                pending.addAll(node.inputs());
            }
        }
        return List.copyOf(needed.values());
    }

    private static String digest(int dimension, List<Node> nodes) {
        Map<Integer, Integer> numbers = new HashMap<>();
        Sha256 sha = new Sha256().add(Integer.toString(dimension));
        for (Node node : nodes) {
            numbers.put(node.id(), numbers.size());
            List<Integer> inputs =
                    node.inputs().stream().map(input -> numbers.get(input.id())).toList();
            sha.add("\n%s %s %s".formatted(node.operation(), inputs, node.type()));
        }
        return sha.hex();
    }

    /** The number of variables n. */
    public int dimension() {
        return dimension;
    }

    /** The shapes of the parameters, by name. */
    public Map<String, TensorType> parameters() {
        return parameters;
    }

    /** A fingerprint of what is computed, whatever the parameters' numbers. */
    public String digest() {
        return digest;
    }

    /** The residuals r, {@code [B, m]}, where the formula is {@code sum(r^2)}. */
    public Optional<CompiledObjective> residuals() {
        return Optional.ofNullable(residuals);
    }

    /**
     * What a step along a direction changes: {@code grad f(x) . v} in graph form, a function of the point and of the
     * direction, exact. Its gradient by x is the Hessian's product with v.
     */
    public synchronized CompiledObjective directionalDerivative() {
        if (directionalDerivative == null) {
            Node derivative = DirectionalDerivative.of(this);
            directionalDerivative = new CompiledObjective(dimension, parameters, derivative, null);
        }
        return directionalDerivative;
    }

    /** How many numbers the result holds: 1, or m for residuals. */
    public int resultSize() {
        return (int) result.type().elements();
    }

    /**
     * Whether the formula is more than steps: where it is not, as in {@code where(x[1] > 0, 1, 2)}, its gradient is zero and no
     * graph of the engine leads to x.
     */
    public boolean hasGradient() {
        return result.hasGradient();
    }

    /** Whether its derivative along a direction depends on the point: that of a linear formula does not. */
    public boolean hasCurvature() {
        return directionalDerivative().hasGradient();
    }

    /** What one evaluation at one point takes. */
    public Cost cost() {
        return evaluationCost.cost();
    }

    /**
     * Whether value and gradient of so many points are there sooner one by one on plain arrays ({@link ArrayEvaluator}) than
     * together on tensors ({@link BoundObjective}), on one core.
     */
    public boolean suitsArrays(int points) {
        return evaluationCost.suitsArrays(points);
    }

    /** The same for products with the Hessian. */
    public boolean productsSuitArrays(int points) {
        return directionalDerivative().suitsArrays(points);
    }

    /**
     * Gives the parameters their numbers; what does not depend on x is computed now.
     *
     * @param manager where the tensors live until the result is closed
     * @param dataType of the points that will be evaluated
     * @param values one for each of {@link #parameters}
     */
    public BoundObjective bind(NDManager manager, DataType dataType, Map<String, ParameterValue> values) {
        checkParameters(values);
        return BoundObjective.bind(this, manager, dataType, values);
    }

    public void checkParameters(Map<String, ParameterValue> values) {
        for (Map.Entry<String, TensorType> parameter : parameters.entrySet()) {
            ParameterValue value = values.get(parameter.getKey());
            if (value == null || !value.type().equals(parameter.getValue())) {
                throw new IllegalArgumentException("The parameter %s must be %s, not %s."
                        .formatted(parameter.getKey(), parameter.getValue(), value == null ? "missing" : value.type()));
            }
        }
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Node result() {
        return result;
    }

    /**
     * Cost for one point.
     *
     * @param operations tensor operations that depend on x
     * @param elements numbers computed by them
     */
    public record Cost(int operations, long elements) {}
}

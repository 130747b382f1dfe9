package dev.secant.objective;

import dev.secant.objective.graph.GraphBuilder;
import dev.secant.objective.graph.Node;
import dev.secant.objective.graph.Tangents;
import dev.secant.objective.syntax.ExpressionLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the derivative of a graph along a direction as another graph, made of the same operations (forward mode by
 * transformation of the source: Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 6).
 *
 * <p>Whatever evaluates and differentiates formulas does so with this one, and so gives exact products with the Hessian,
 * {@code grad (grad f . v)}, without ever recording the history of a gradient.
 *
 * <p>A tangent is null where it is zero everywhere.
 */
final class DirectionalDerivative {

    /** A formula within its own limits has a derivative of a few times its size. */
    private static final ExpressionLimits LIMITS = new ExpressionLimits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);

    private final GraphBuilder graph = new GraphBuilder(LIMITS);
    private final Tangents rules = new Tangents(graph, this::tangent);
    private final Map<Node, @Nullable Node> tangents = new HashMap<>();

    private DirectionalDerivative() {}

    /** The node of {@code grad f(x) . v}, in a graph of its own. */
    static Node of(CompiledObjective objective) {
        return new DirectionalDerivative().derive(objective);
    }

    private Node derive(CompiledObjective objective) {
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : objective.nodes()) {
            List<Node> inputs = node.inputs().stream().map(copies::get).toList();
            Node copy = graph.node(node.operation(), inputs, node.type());
            copies.put(node, copy);
            // In order, inputs first: a long formula is a deep graph, so this is no recursion.
            tangent(copy);
        }
        Node result = copies.get(objective.result());
        Node derivative = result == null ? null : tangents.get(result);
        // Flat in every direction: zero, but a function of x like any other.
        return derivative == null || !derivative.isVariable() ? rules.zero(objective.dimension()) : derivative;
    }

    private @Nullable Node tangent(Node node) {
        if (!node.isVariable()) {
            return null;
        }
        if (!tangents.containsKey(node)) {
            Node tangent = rules.of(node);
            tangents.put(node, tangent == null ? null : rules.stretched(tangent, node.type()));
        }
        return tangents.get(node);
    }
}

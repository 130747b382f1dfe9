package dev.secant.objective.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.objective.BoundObjective;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.RandomFormulas;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import dev.secant.tensor.ValueAndGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of random formulas. */
class FormulaPropertiesTest {

    private static final Position NOWHERE = Position.NONE;

    @Property(tries = 500)
    void printingAndParsingIsTheIdentity(@ForAll("syntaxTrees") Formula formula) {
        assertThat(Formula.parse(formula.toString())).isEqualTo(formula);
    }

    @Property(tries = 500)
    void parsingAndPrintingIsStable(@ForAll("smoothScalars") String source) {
        String printed = Formula.parse(source).toString();
        assertThat(Formula.parse(printed).toString()).isEqualTo(printed);
        assertThat(compile(printed).digest()).isEqualTo(compile(source).digest());
    }

    @Property(tries = 60)
    void theGradientIsThatOfDifferences(@ForAll("smoothScalars") String source) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            BoundObjective objective = compile(source).bind(manager, DataType.FLOAT64, Map.of());
            double[] point = {0.3, -0.7, 1.1};
            ValueAndGradient both =
                    Autograd.valueAndGradient(objective::apply, Tensors.of(manager, new double[][] {point}));
            double[] gradient = both.gradient().toDoubleArray();
            double scale = 1 + Math.abs(both.values().getDouble(0));
            for (int i = 0; i < 3; i++) {
                double h = 1e-5;
                double[][] around = {point.clone(), point.clone()};
                around[0][i] += h;
                around[1][i] -= h;
                double[] values = objective.apply(Tensors.of(manager, around)).toDoubleArray();
                double difference = (values[0] - values[1]) / (2 * h);
                assertThat(gradient[i]).isCloseTo(difference, within(1e-5 * (scale + Math.abs(difference))));
            }
        }
    }

    private static CompiledObjective compile(String source) {
        return CompiledObjective.compile(Formula.parse(source), 3, Map.of());
    }

    /** Trees of every kind, meaningful or not. */
    @Provide
    Arbitrary<Formula> syntaxTrees() {
        return Arbitraries.randomValue(random -> {
            List<Formula.Definition> definitions = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                definitions.add(new Formula.Definition("d" + i, tree(random, 3), NOWHERE));
            }
            return new Formula(definitions, tree(random, 5));
        });
    }

    private static Expression tree(Random random, int depth) {
        if (depth == 0) {
            return random.nextBoolean()
                    ? new Expression.Name(List.of("x", "n", "alpha_1", "B").get(random.nextInt(4)), NOWHERE)
                    : new Expression.Literal(
                            List.of(0.0, 1.0, 2.5, 1e-7, 6.02e23, 0.1, 123456789.0)
                                    .get(random.nextInt(7)),
                            NOWHERE);
        }
        int below = depth - 1;
        return switch (random.nextInt(9)) {
            case 0 ->
                new Expression.Prefix(
                        random.nextBoolean() ? Operator.NEGATE : Operator.NOT, tree(random, below), NOWHERE);
            case 1 -> new Expression.Power(tree(random, below), tree(random, below), NOWHERE);
            case 2 ->
                new Expression.Range(
                        tree(random, below),
                        random.nextBoolean() ? null : tree(random, below),
                        tree(random, below),
                        NOWHERE);
            case 3 -> new Expression.Element(tree(random, below), subscripts(random, below), NOWHERE);
            case 4 -> new Expression.Call("sum", trees(random, below, 0), NOWHERE);
            case 5 -> new Expression.Stack(trees(random, below, 1), NOWHERE);
            case 6 -> tree(random, 0);
            default -> chain(random, below);
        };
    }

    private static Expression chain(Random random, int depth) {
        List<List<Operator>> levels = List.of(
                List.of(Operator.OR),
                List.of(Operator.AND),
                List.of(Operator.PLUS, Operator.MINUS),
                List.of(Operator.TIMES, Operator.DIVIDE, Operator.MATRIX_PRODUCT),
                List.of(Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST, Operator.EQUAL));
        int level = random.nextInt(levels.size());
        // Comparisons are not chained.
        int count = level == 4 ? 1 : 1 + random.nextInt(3);
        List<Expression.Link> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Operator> operators = levels.get(level);
            links.add(
                    new Expression.Link(operators.get(random.nextInt(operators.size())), tree(random, depth), NOWHERE));
        }
        return new Expression.Chain(tree(random, depth), links, NOWHERE);
    }

    private static List<Expression> trees(Random random, int depth, int least) {
        List<Expression> trees = new ArrayList<>();
        for (int i = least + random.nextInt(3); i > 0; i--) {
            trees.add(tree(random, depth));
        }
        return trees;
    }

    private static List<Expression.Subscript> subscripts(Random random, int depth) {
        List<Expression.Subscript> subscripts = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            subscripts.add(new Expression.Subscript(random.nextBoolean() ? null : tree(random, depth), NOWHERE));
        }
        return subscripts;
    }

    /** Formulas of three variables that are smooth at the point of the test, and tame. */
    @Provide
    Arbitrary<String> smoothScalars() {
        return Arbitraries.randomValue(random -> RandomFormulas.scalar(random, 4));
    }
}

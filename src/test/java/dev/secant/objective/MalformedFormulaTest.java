package dev.secant.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.Formula;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not a formula is answered with the place and the reason, before time or memory is spent on it. */
class MalformedFormulaTest {

    private static final Map<String, TensorType> PARAMETERS =
            Map.of("c", TensorType.SCALAR, "b", TensorType.vector(4), "A", TensorType.matrix(2, 3));

    /** Pairs of lines: a formula ({@code \n} for a new line), and the message, indented. */
    static Stream<Arguments> malformed() throws IOException {
        try (InputStream in = MalformedFormulaTest.class.getResourceAsStream("malformed-formulas.txt")) {
            List<String> lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<Arguments> pairs = new ArrayList<>();
            for (int i = 0; i < lines.size(); i += 2) {
                pairs.add(Arguments.of(
                        lines.get(i).replace("\\n", "\n"), lines.get(i + 1).strip()));
            }
            return pairs.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isRefusedWithPlaceAndReason(String source, String message) {
        assertThatThrownBy(() -> compile(source))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void isRefusedInMoreThanFiftyWays() throws IOException {
        assertThat(malformed().map(arguments -> arguments.get()[1]).distinct()).hasSizeGreaterThan(50);
    }

    /** Name, formula, column, and a part of the reason. */
    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("100,000 brackets", "(".repeat(100_000) + "x[1]", 65_537, "100004 characters"),
                Arguments.of("19,000 brackets", "(".repeat(19_000) + "x[1]", 101, "more than 100 deep"),
                Arguments.of("19,000 signs", "-".repeat(19_000) + "x[1]", 101, "more than 100 deep"),
                Arguments.of("9,000 powers", "2" + "^2".repeat(9_000) + " * x[1]", 202, "more than 100 deep"),
                Arguments.of("9,000 negations", "not ".repeat(9_000) + "x[1]", 401, "more than 100 deep"),
                Arguments.of("6,000 subscripts", "x" + "[:]".repeat(6_000), 299, "more than 100 deep"),
                Arguments.of("4,000 calls", "exp(".repeat(4_000) + "x[1]", 404, "more than 100 deep"),
                Arguments.of("60 sums of lists", "sum([".repeat(60) + "x[1]", 254, "more than 100 deep"),
                Arguments.of(
                        "a million numbers", "[" + "1,".repeat(1_000_000) + "1] @ x", 65_537, "2000007 characters"),
                Arguments.of("6,000 numbers", "[1" + ",1".repeat(6_000) + "] @ x", 10_001, "at most 5000 elements"),
                Arguments.of("30,000 terms", "sum(x)" + "+1".repeat(29_000), 20_003, "58004 names"),
                Arguments.of("a long name", "x".repeat(70_000), 65_537, "70000 characters"),
                Arguments.of("a long number", "1".repeat(60_000) + " * x[1]", 1, "too large for float64"),
                Arguments.of("doubling", doubling(), 423, "1572864 numbers"),
                Arguments.of("6,000 operations", operations(), 1, "more than 5000 operations"),
                Arguments.of("ten outer products", outerProducts(), 0, "more than 4000000 numbers"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedHoweverLarge(String name, String source, int column, String reason) {
        assertThatThrownBy(() -> compile(source)).isInstanceOfSatisfying(ExpressionException.class, e -> {
            assertThat(e.reason()).contains(reason);
            if (column > 1) {
                assertThat(e.column()).isEqualTo(column);
            }
        });
    }

    /** The largest that is read fits a small stack, through parsing, checking, printing and comparing. */
    @Test
    void readsTheDeepestFormulaOnASmallStack() throws InterruptedException {
        String source = "sin(".repeat(98) + "x[1]" + ")".repeat(98) + " + 1".repeat(4_500);
        List<Object> outcome = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    Formula formula = Formula.parse(source);
                    compile(source);
                    outcome.add(Formula.parse(formula.toString()).equals(formula));
                },
                "small stack",
                512 * 1024);
        thread.start();
        thread.join();
        assertThat(outcome).containsExactly(true);
    }

    @Test
    void countsNothingTwice() {
        // Without joined subexpressions this would be 2^60 operations.
        StringBuilder source = new StringBuilder("let a0 = x[1];");
        for (int i = 1; i <= 60; i++) {
            source.append("let a%d = a%d * a%d + a%d;".formatted(i, i - 1, i - 1, i - 1));
        }
        CompiledObjective compiled = CompiledObjective.compile(Formula.parse(source + "a60"), 1, Map.of());
        assertThat(compiled.cost().operations()).isEqualTo(121);
    }

    private static CompiledObjective compile(String source) {
        return CompiledObjective.compile(Formula.parse(source), 3, PARAMETERS);
    }

    private static String doubling() {
        StringBuilder source = new StringBuilder("let a0 = x;");
        for (int i = 1; i < 40; i++) {
            source.append("let a")
                    .append(i)
                    .append("=concat(a")
                    .append(i - 1)
                    .append(",a")
                    .append(i - 1)
                    .append(");");
        }
        return source + "sum(a39)";
    }

    private static String operations() {
        StringBuilder source = new StringBuilder("x[1]");
        for (int i = 0; i < 1_600; i++) {
            source.append("+sin(x[1]+").append(i).append(')');
        }
        return source.toString();
    }

    private static String outerProducts() {
        StringBuilder source = new StringBuilder("let v = 1:1000; x[1]");
        for (int i = 0; i < 10; i++) {
            source.append(" + sum(outer(v, v + ").append(i).append("))");
        }
        return source.toString();
    }
}

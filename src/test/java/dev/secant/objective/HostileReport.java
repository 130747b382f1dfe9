package dev.secant.objective;

import com.sun.management.ThreadMXBean;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.ExpressionException;
import dev.secant.objective.syntax.Formula;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Prints what the malformed and hostile formulas of {@link MalformedFormulaTest} cost until they are refused. */
public final class HostileReport {

    private static final Map<String, TensorType> PARAMETERS =
            Map.of("c", TensorType.SCALAR, "b", TensorType.vector(4), "A", TensorType.matrix(2, 3));

    private HostileReport() {}

    private record Cost(String name, double seconds, double megabytes) {}

    /** Runs and prints. */
    public static void main(String[] arguments) throws IOException {
        List<Cost> malformed = costs(MalformedFormulaTest.malformed(), 0);
        List<Cost> hostile = costs(MalformedFormulaTest.hostile(), 1);
        for (Cost cost : hostile) {
            System.out.printf("%-24s %8.1f ms %8.2f MB%n", cost.name, 1e3 * cost.seconds, cost.megabytes);
        }
        List<Cost> all = Stream.concat(malformed.stream(), hostile.stream()).toList();
        System.out.printf(
                "%d malformed and %d hostile formulas, the slowest %.1f ms, the largest %.2f MB allocated%n",
                malformed.size(),
                hostile.size(),
                1e3 * all.stream().mapToDouble(Cost::seconds).max().orElseThrow(),
                all.stream().mapToDouble(Cost::megabytes).max().orElseThrow());
    }

    private static List<Cost> costs(Stream<Arguments> formulas, int source) {
        return formulas.map(
                        arguments -> cost(Arrays.asList(arguments.get()).get(0).toString(), (String)
                                arguments.get()[source]))
                .toList();
    }

    private static Cost cost(String name, String source) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long before = System.nanoTime();
        try {
            CompiledObjective.compile(Formula.parse(source), 3, PARAMETERS);
            throw new IllegalStateException("This was not refused: " + name);
        } catch (ExpressionException e) {
            double seconds = (System.nanoTime() - before) * 1e-9;
            return new Cost(name, seconds, (threads.getCurrentThreadAllocatedBytes() - bytes) * 1e-6);
        }
    }
}

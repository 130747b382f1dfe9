package dev.secant.cli;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.problems.DiagonalQuadratics;
import dev.secant.problems.LogisticRegression;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.Quadratics;
import dev.secant.problems.Rastrigin;
import dev.secant.problems.Rosenbrock;
import dev.secant.problems.TanhRegression;
import dev.secant.training.SecantTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the policy of the preset {@code secant}. */
@Command(
        name = "secant",
        mixinStandardHelpOptions = true,
        description =
                "Trains the preset secant by evolution on one or more families of problems; resumes an earlier run of the same name in DIR.")
@SuppressWarnings("NullAway.Init") // Options and the command's spec are set by picocli before the command runs.
final class SecantTrainCommand implements Callable<Integer> {

    private static final List<ProblemFamily> FAMILIES = List.of(
            new Quadratics(),
            new DiagonalQuadratics(10),
            new DiagonalQuadratics(1000),
            new Rosenbrock(),
            new Rastrigin(),
            new LogisticRegression(),
            new TanhRegression());

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Directory for training state, log and checkpoint.")
    private Path out;

    @Option(names = "--name", required = true, description = "Checkpoint name.")
    private String name;

    @Option(
            names = "--problems",
            split = ",",
            defaultValue = "quadratic,diagonal-10,diagonal-1000,rosenbrock,rastrigin,logistic,tanh",
            description = "Problem families (default: ${DEFAULT-VALUE}).")
    private List<String> problems;

    @Option(
            names = "--least-dimension",
            defaultValue = "10",
            description = "Minimum number of variables (default: ${DEFAULT-VALUE}).")
    private int leastDimension;

    @Option(
            names = "--largest-dimension",
            defaultValue = "50",
            description = "Maximum number of variables (default: ${DEFAULT-VALUE}).")
    private int largestDimension;

    @Option(
            names = "--evaluations",
            defaultValue = "50",
            description = "Evaluations of value and gradient per problem (default: ${DEFAULT-VALUE}).")
    private int evaluations;

    @Option(
            names = "--memory",
            defaultValue = "16",
            description = "Memory L: number of secant pairs kept (default: ${DEFAULT-VALUE}).")
    private int memory;

    @Option(
            names = "--batch",
            defaultValue = "16",
            description = "Problems per family and generation (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--pairs",
            defaultValue = "16",
            description = "Antithetic pairs of policies per generation (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--deviation",
            defaultValue = "0.05",
            description = "Standard deviation of the perturbations (default: ${DEFAULT-VALUE}).")
    private double deviation;

    @Option(
            names = "--generations",
            defaultValue = "1000",
            description = "Number of generations (default: ${DEFAULT-VALUE}).")
    private int generations;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.02",
            description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Random seed of weights and problems (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--initial",
            paramLabel = "DIR",
            description = "Initial weights: NAME/VERSION of a checkpoint of the preset secant.")
    private @Nullable Path initial;

    @Option(
            names = "--threads",
            defaultValue = "0",
            description =
                    "Number of threads, 0 for one per core (default: ${DEFAULT-VALUE}); it does not affect the result.")
    private int threads;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SecantTraining.Settings settings = settings();
        try (ProgressBar bar = new ProgressBar(name, generations)) {
            new SecantTraining(settings, new ConsoleProgress(bar)).train(command());
        }
        return 0;
    }

    private SecantTraining.Settings settings() {
        try {
            return new SecantTraining.Settings(
                    out,
                    name,
                    problems.stream().map(this::family).toList(),
                    leastDimension,
                    largestDimension,
                    evaluations,
                    memory,
                    batch,
                    pairs,
                    deviation,
                    generations,
                    learningRate,
                    seed,
                    Optional.ofNullable(initial).map(folder -> SecantCheckpoint.optimizer(Checkpoint.read(folder))
                            .policy()),
                    threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        } catch (IllegalArgumentException | CheckpointException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ProblemFamily family(String wanted) {
        return FAMILIES.stream()
                .filter(family -> family.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(),
                        "There are no problems (%s); there are %s."
                                .formatted(
                                        wanted,
                                        FAMILIES.stream()
                                                .map(ProblemFamily::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private String command() {
        return Stream.of(
                        "java -jar target/secant.jar train secant --name",
                        name,
                        "--problems",
                        String.join(",", problems),
                        "--least-dimension",
                        leastDimension,
                        "--largest-dimension",
                        largestDimension,
                        "--evaluations",
                        evaluations,
                        "--memory",
                        memory,
                        "--batch",
                        batch,
                        "--pairs",
                        pairs,
                        "--deviation",
                        deviation,
                        "--generations",
                        generations,
                        "--learning-rate",
                        learningRate,
                        "--seed",
                        seed,
                        initial == null ? "" : "--initial " + initial)
                .map(Object::toString)
                .collect(Collectors.joining(" "))
                .strip();
    }
}

package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.OptimizerCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** From a training to a report with what was trained in it, by commands alone. */
class TrainAndEvaluateTest extends CommandLineTest {

    private static final String TINY =
            " --dimension 4 --batch 3 --iterations 3 --memory 2 --hidden 4 --latent 2 --steps 2 --rate-scale 0.0001";

    @Test
    void aTrainingTakesPartInTheReports() throws IOException {
        assertThat(run("train quadratic --name mine --preset as-written --out %s/t" + TINY))
                .as(err.toString())
                .isZero();
        Checkpoint checkpoint = Checkpoint.read(directory.resolve("t/mine/1.0.0"));
        assertThat(checkpoint.manifest().command())
                .startsWith(
                        "java -jar target/secant.jar train quadratic --name mine --preset as-written --dimension 4");
        assertThat(
                        run(
                                "evaluate quadratics --dimensions 4 --items 3 --steps 20 --memories 2 --checkpoints %s/t --out %s/r"))
                .as(err.toString())
                .isZero();
        assertThat(directory.resolve("r/quadratics.md"))
                .content()
                .contains(
                        "as-written, width 4, lambda = 10, a2 = 0.001, L = 2",
                        checkpoint.manifest().command());
        assertThat(directory.resolve("r/quadratics-n4-evaluations.svg")).isNotEmptyFile();
        assertThat(run(
                        "train secant --name ours --problems rosenbrock,quadratic --least-dimension 2 --largest-dimension 4"
                                + " --evaluations 10 --batch 2 --pairs 2 --generations 2 --out %s/t"))
                .as(err.toString())
                .isZero();
        assertThat(run("train secant --name on --problems rosenbrock --least-dimension 2 --largest-dimension 4"
                        + " --evaluations 10 --batch 2 --pairs 2 --generations 2 --out %s/t --initial %s/t/ours/1.0.0"))
                .as(err.toString())
                .isZero();
        assertThat(run("evaluate functions --dimensions 3 --items 2 --checkpoints %s/t --out %s/r"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(directory.resolve("r/functions.md")))
                .contains("Secant (ours@1.0.0)", "Secant (on@1.0.0)", "functions-rastrigin-n3.svg")
                .doesNotContain("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rosenbrock", "rastrigin", "mixed"})
    void everyFamilyTrainsByTheExactGradientToo(String family) throws IOException {
        assertThat(run("train " + family + " --meta-gradient exact --meta-loss logarithm --out %s" + TINY))
                .as(err.toString())
                .isZero();
        Checkpoint checkpoint = Checkpoint.read(directory.resolve(family + "/1.0.0"));
        assertThat(checkpoint.manifest().settings())
                .containsEntry("metaGradient", "exact")
                .containsEntry("metaLoss", "logarithm")
                .containsEntry("family", family);
        assertThat(OptimizerCheckpoint.isOne(checkpoint.manifest())).isTrue();
        try (Stream<String> log = Files.lines(directory.resolve(family + ".csv"))) {
            assertThat(log).hasSize(2);
        }
    }

    /** The options of the reports that make up {@code evaluate all} are theirs. */
    @Test
    void everyReportOfAllIsACommand() {
        CommandLine evaluate =
                new CommandLine(new SecantCommand()).getSubcommands().get("evaluate");
        for (List<String> report : EvaluateAllCommand.REPORTS) {
            CommandLine command = evaluate.getSubcommands().get(report.get(0));
            assertThat(command).as(report.get(0)).isNotNull();
            assertThat(report.subList(1, report.size()))
                    .filteredOn(argument -> argument.startsWith("--"))
                    .allSatisfy(option -> assertThat(command.getCommandSpec().findOption(option))
                            .isNotNull());
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(run("train quadratic --meta-loss cube --out %s")).isEqualTo(2);
        assertThat(run("train quadratic --meta-gradient half --out %s")).isEqualTo(2);
        assertThat(run("train quadratic --preset as-told --out %s")).isEqualTo(2);
        assertThat(run("train quadratic --iterations 1 --out %s")).isEqualTo(2);
        assertThat(run("train quadratic --steps 0 --out %s")).isEqualTo(2);
        assertThat(run("train quadratic --device gpu9 --out %s")).isEqualTo(2);
        assertThat(run("train secant --name a --problems sphere --out %s")).isEqualTo(2);
        assertThat(run("train secant --name a --pairs 1 --out %s")).isEqualTo(2);
        assertThat(run("train secant --name a --out %s --initial %s/nobody")).isEqualTo(2);
        assertThat(run("evaluate quadratics --seeds -1")).isEqualTo(2);
        assertThat(run("evaluate cost --dimensions 1")).isEqualTo(2);
        assertThat(run("evaluate cost --checkpoint nobody")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "The meta-loss (cube) must be one of value, relative, logarithm.",
                        "The meta-gradient (half) must be first-order or exact.",
                        "The preset (as-told) must be as-released or as-written.",
                        "the iterations (1) at least 2",
                        "The steps (0) and the learningRate (0.001) of a meta-training must be positive.",
                        "The device (gpu9) is not among",
                        "There are no problems (sphere)",
                        "its pairs (1) at least 2",
                        "The seeds (-1) must not be negative.",
                        "must be at least 2",
                        "There is no checkpoint (nobody)");
    }
}

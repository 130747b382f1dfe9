package dev.secant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.NpzReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each command of the jar, run once on something small. Minimizing and training have test classes of their own. */
class EveryCommandTest extends CommandLineTest {

    private static final Path SAMPLE = Path.of("docs/examples/openpose.json");

    static Stream<String> commands() {
        List<String> commands = new ArrayList<>();
        collect(new CommandLine(new SecantCommand()), "", commands);
        return commands.stream();
    }

    private static void collect(CommandLine command, String path, List<String> into) {
        command.getSubcommands().forEach((name, sub) -> {
            into.add((path + " " + name).strip());
            collect(sub, path + " " + name, into);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        assertThat(printed(command + " --help")).contains("Usage: secant " + command, "-h, --help");
    }

    @Test
    void theVersionIsTheBuilds() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(printed("--version").strip()).startsWith("secant ");
        assertThat(pom)
                .contains(
                        "<version>%s</version>".formatted(out.toString().strip().substring(7)));
    }

    @Test
    void fitWritesBodiesParametersMeshesAndAPicture() throws IOException {
        String told = printed("fit " + SAMPLE + " --width 1920 --height 1080 --out %s");
        assertThat(told).startsWith("person 0: ").contains("steps, CONVERGED");
        JsonNode people = new JsonMapper()
                .readTree(directory.resolve("result.json").toFile())
                .at("/people");
        assertThat(people.at("/0/quality/reprojectionError").asDouble()).isLessThan(0.01);
        assertThat(Files.readAllBytes(directory.resolve("person-0.glb")))
                .startsWith("glTF".getBytes(StandardCharsets.US_ASCII));
        assertThat(NpzReader.read(directory.resolve("params.npz"), name -> true)
                        .get("poses")
                        .shape())
                .containsExactly(people.size(), 72);
        assertThat(directory.resolve("overlay.png")).isNotEmptyFile();
    }

    @Test
    void fitSequenceWritesMotionAndAPicture() throws IOException {
        Path frames = Files.createDirectories(directory.resolve("frames"));
        for (int t = 0; t < 6; t++) {
            Files.copy(SAMPLE, frames.resolve("f%02d.json".formatted(t)));
        }
        assertThat(printed("fit-sequence %s/frames --width 1920 --height 1080 --frame-rate 30 --steps 2 --out %s/out"))
                .contains("person 0: frames 0 to 5, seen in 6");
        Path out = directory.resolve("out");
        assertThat(NpzReader.read(out.resolve("person-0.npz"), name -> true)
                        .get("poses")
                        .shape())
                .containsExactly(6, 156);
        assertThat(new JsonMapper()
                        .readTree(out.resolve("person-0.json").toFile())
                        .at("/frames")
                        .size())
                .isEqualTo(6);
        assertThat(out.resolve("person-0.glb")).isNotEmptyFile();
        assertThat(out.resolve("person-0.bvh")).content().startsWith("HIERARCHY");
        assertThat(out.resolve("person-0.png")).isNotEmptyFile();
    }

    @Test
    void aRiggedFitHasASkinAndAnAnimation() throws IOException {
        printed("fit " + SAMPLE + " --width 1920 --height 1080 --rigged --steps 3 --out %s");
        String glb = Files.readString(directory.resolve("person-0.glb"), StandardCharsets.ISO_8859_1);
        assertThat(glb).contains("\"skins\":", "\"animations\":", "\"left_wrist\"");
    }

    @Test
    void tuneFindsARateWithinItsGrid() throws IOException {
        String table = printed("tune gd --objective sphere --dimension 3 --starts 4 --steps 5 --least 0.01"
                + " --greatest 0.1 --per-decade 1 --device cpu --csv %s/rates.csv");
        assertThat(table).contains("on sphere, 4 starts, 5 steps", "  best");
        List<String> rates = Files.readAllLines(directory.resolve("rates.csv"));
        assertThat(rates.get(0)).isEqualTo("method,rate,score,failed,evaluations");
        assertThat(rates).hasSizeGreaterThan(2);
    }

    @Test
    void benchMinimizeTimesFormulaAndMethods() {
        assertThat(printed("bench minimize --starts 1 --seconds 0.001"))
                .contains("value and gradient,   1 starts: formula", "100 steps,   1 starts, L-BFGS");
    }

    @Test
    void benchFitsTimesAService() throws IOException {
        AtomicInteger posts = new AtomicInteger();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/v1/fits", exchange -> {
            JsonNode request =
                    new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            posts.incrementAndGet();
            exchange.sendResponseHeaders(request.at("/people").isEmpty() ? 422 : 200, -1);
            exchange.close();
        });
        service.start();
        try {
            assertThat(printed("bench fits --requests 2 --warm-up 1 --people 3 --url http://localhost:"
                            + service.getAddress().getPort()))
                    .contains("1 person", "3 people", "(2 requests)", "one of 3 takes");
            assertThat(posts).hasValue(6);
        } finally {
            service.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smpl", "secant"})
    void anExportedBodyIsReadBack(String format) {
        assertThat(printed("body export %s/body.npz --format " + format)).contains("7738 vertices", "24 joints");
        assertThat(BodyModels.load(directory.resolve("body.npz")).template())
                .isEqualTo(BodyModels.defaultBody().template());
        assertThat(printed("body export %s/again.npz --format secant --body %s/body.npz"))
                .contains("7738 vertices");
    }

    @Test
    void evaluateProfilesWritesTablesAndFigures() throws IOException {
        printed("evaluate profiles --dimensions 2 --starts 1 --iterations 5 --evaluations 5 --milliseconds 1"
                + " --limit 0.002 --out %s");
        assertThat(directory.resolve("profiles.md")).content().contains("## After 5 iterations", "| L-BFGS |");
        assertThat(Files.readAllLines(directory.resolve("profiles.csv"))).hasSizeGreaterThan(6);
        assertThat(directory.resolve("profiles-clock.svg")).content().contains("<path");
    }

    @Test
    void evaluateAblationTrainsAndComparesEveryVariant() throws IOException {
        printed("evaluate ablation --dimension 3 --batch 2 --iterations 2 --hidden 4 --steps 1 --seeds 1 --items 2"
                + " --trainings %s/t --out %s");
        assertThat(Files.readAllLines(directory.resolve("ablation.csv"))).hasSizeGreaterThan(8);
        assertThat(directory.resolve("ablation.md")).content().contains("| variant | seeds |");
    }

    @Test
    void evaluateCostMeasuresEveryMethod() throws IOException {
        printed("evaluate cost --dimensions 3 --batches 1 --batch-dimension 3 --memories 2 --limit 0.05"
                + " --seconds 0.01 --out %s");
        assertThat(Files.readAllLines(directory.resolve("cost.csv"))).hasSize(1 + 3 * 3);
    }

    /** Its parts are run above and in {@link TrainAndEvaluateTest}; here they are stood in for. */
    @Test
    void evaluateAllRunsEveryReportAndStopsAtTheFirstThatFails() {
        CommandLine root = new CommandLine(new SecantCommand());
        CommandLine evaluate = root.getSubcommands().get("evaluate");
        List<List<String>> ran = new ArrayList<>();
        for (List<String> report : EvaluateAllCommand.REPORTS) {
            evaluate.getCommandSpec().removeSubcommand(report.get(0));
            evaluate.addSubcommand(report.get(0), new Stand(report.get(0), ran));
        }
        assertThat(root.execute("evaluate", "all", "--out", "somewhere")).isEqualTo(3);
        assertThat(ran)
                .extracting(arguments -> arguments.get(0))
                .containsExactly("quadratics", "functions", "profiles");
        assertThat(ran).allSatisfy(arguments -> assertThat(arguments).endsWith("--out", "somewhere"));
    }

    @Command
    private static final class Stand implements java.util.concurrent.Callable<Integer> {

        private final String name;
        private final List<List<String>> ran;

        @Unmatched
        private List<String> arguments = new ArrayList<>();

        Stand(String name, List<List<String>> ran) {
            this.name = name;
            this.ran = ran;
        }

        @Override
        public Integer call() {
            ran.add(Stream.concat(Stream.of(name), arguments.stream()).toList());
            return name.equals("profiles") ? 3 : 0;
        }
    }
}

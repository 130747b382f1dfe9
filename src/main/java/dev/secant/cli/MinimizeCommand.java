package dev.secant.cli;

import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProvenance;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.minimize.MinimizationResult;
import dev.secant.minimize.output.ResultFormat;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.tensor.TensorRuntime;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Minimizes an objective. */
@Command(
        name = "minimize",
        mixinStandardHelpOptions = true,
        description = "Minimizes the objective of a request, the body of POST /v1/minimizations; writes result.json,"
                + " result.csv, result.ndjson, result.npz and result.svg.",
        footer = "Exit codes: 0 done, 1 no start reached a finite value, 2 the request or the command line was wrong.")
@SuppressWarnings("NullAway.Init") // Required options are set by picocli before the command runs.
final class MinimizeCommand implements Callable<Integer> {

    private static final int SHOWN = 5;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Parameters(
            paramLabel = "FILE",
            description = "Request as JSON; docs/objectives.md describes the formula language.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Output directory.")
    private Path out;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Directory of additional checkpoints, NAME/VERSION.")
    private @Nullable Path checkpoints;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description = "Device: auto, cpu, gpu, gpu1, ... (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--quiet", description = "Suppresses the progress bar.")
    private boolean quiet;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SolverFactory solvers = SolverFactory.of(
                checkpoints == null ? CheckpointRegistry.bundled() : CheckpointRegistry.withDirectory(checkpoints));
        MinimizationPlan plan = plan(solvers);
        if (plan == null) {
            return 2;
        }
        Minimizer minimizer = new Minimizer(TensorRuntime.get().device(device), solvers);
        MinimizationResult result;
        if (quiet) {
            result = minimizer.minimize(plan);
        } else {
            try (ProgressBar bar = new ProgressBar("steps", -1)) {
                result = minimizer.minimize(plan, optimizer -> {
                    bar.setExtraMessage(optimizer);
                    bar.step();
                });
            }
        }
        write(result);
        print(result, spec.commandLine().getOut());
        return result.value() == null ? 1 : 0;
    }

    /** Null where the request is wrong, after saying why. */
    private @Nullable MinimizationPlan plan(SolverFactory solvers) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            MinimizationRequest request = JSON.readValue(Files.readAllBytes(file), MinimizationRequest.class);
            return new RequestReader(ExpressionLimits.DEFAULT, solvers).read(request);
        } catch (NoSuchFileException e) {
            err.printf("There is no file (%s).%n", file);
        } catch (JacksonException e) {
            String reason = e instanceof UnrecognizedPropertyException unknown
                    ? "The field %s is unknown.".formatted(unknown.getPropertyName())
                    : e.getOriginalMessage();
            err.printf(
                    "%s, line %d, column %d: %s%n",
                    file, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), reason);
        } catch (InvalidRequestException e) {
            e.violations().forEach(violation -> err.printf("%s: %s%n", violation.pointer(), violation.message()));
        }
        err.flush();
        return null;
    }

    private void write(MinimizationResult result) throws IOException {
        Files.createDirectories(out);
        JSON.writeValue(out.resolve("result.json").toFile(), result);
        for (ResultFormat format : ResultFormat.values()) {
            Path path = out.resolve("result." + format.extension());
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path))) {
                format.write(result, stream);
            }
        }
    }

    private static void print(MinimizationResult result, PrintWriter to) {
        result.items().stream().limit(SHOWN).forEach(item -> {
            to.printf("start %d: %s%s%n", item.start(), told(item.curve()), storage(item));
            item.curve().events().forEach(event -> to.printf("    %s%n", event));
            if (item.baseline() != null) {
                to.printf("    beside %s%n", told(item.baseline()));
            }
            MinimizationItem.Certificate certificate = item.certificate();
            if (certificate != null) {
                to.printf("    %s%n", certificate.statement());
            }
        });
        if (result.items().size() > SHOWN) {
            to.printf("... %d starts in all%n", result.items().size());
        }
        MinimizationItem best = result.items().stream()
                .filter(item -> item.start() == result.best())
                .findFirst()
                .orElseThrow();
        to.printf("best: start %d, value %s, %s%n", best.start(), number(best.value()), result.terminations());
        to.flush();
    }

    private static String told(MinimizationItem.Curve curve) {
        return "%s, value %s after %d steps and %d evaluations, %s"
                .formatted(
                        curve.solver(), number(curve.value()), curve.steps(), curve.evaluations(), curve.termination());
    }

    private static String storage(MinimizationItem item) {
        MinimizationProvenance provenance = item.provenance();
        return provenance == null ? "" : ", on " + provenance.storage().name().toLowerCase(Locale.ROOT);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "not finite" : String.format(Locale.ROOT, "%.6g", value);
    }
}

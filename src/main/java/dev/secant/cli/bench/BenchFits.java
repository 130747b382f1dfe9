package dev.secant.cli.bench;

import dev.secant.body.io.BodyModels;
import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Measures fits over HTTP, one person a request and many, as a client sees them. */
@Command(
        name = "fits",
        mixinStandardHelpOptions = true,
        description = "Measures a running service: posts requests one after the other and prints their latency.")
@SuppressWarnings("NullAway.Init") // Options are set by picocli before the command runs.
public final class BenchFits implements Callable<Integer> {

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8080",
            paramLabel = "URL",
            description = "Base URL of the service (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--requests",
            defaultValue = "200",
            description = "Measured requests of each kind (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--warm-up",
            defaultValue = "50",
            description = "Unmeasured requests of each kind before those (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--people",
            defaultValue = "64",
            description = "People per large request (default: ${DEFAULT-VALUE}).")
    private int people;

    @Spec
    private CommandSpec spec;

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (requests < 1 || people < 1) {
            throw new ParameterException(spec.commandLine(), "--requests and --people must be positive.");
        }
        String one = request(1);
        String many = request(people);
        measure(one, warmUp);
        measure(many, warmUp);
        double[] alone = measure(one, requests);
        double[] together = measure(many, requests);
        print("1 person", alone);
        print(people + " people", together);
        double share = quantile(together, 0.5) / people / quantile(alone, 0.5);
        spec.commandLine()
                .getOut()
                .printf("one of %d takes %.3f of the time of one alone%n", people, share)
                .flush();
        return 0;
    }

    /** Milliseconds of each request, ascending. */
    private double[] measure(String body, int times) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/fits"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (response.statusCode() != 200) {
                throw new IOException("The service answered %d: %s".formatted(response.statusCode(), response.body()));
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private void print(String what, double[] millis) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%-10s  median %.1f ms, 90 %% under %.1f ms, fastest %.1f ms (%d requests)%n",
                        what, quantile(millis, 0.5), quantile(millis, 0.9), millis[0], millis.length);
    }

    private static double quantile(double[] ascending, double share) {
        return ascending[(int) (share * (ascending.length - 1))];
    }

    private static String request(int people) {
        List<FitProblem> samples = SamplePerson.problems(BodyModels.defaultBody(), KeypointLayout.BODY_25);
        List<Map<String, double[][]>> bodies = IntStream.range(0, people)
                .mapToObj(i -> Map.of("keypoints", rows(samples.get(i % samples.size()))))
                .toList();
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "layout",
                        KeypointLayout.BODY_25.id(),
                        "image",
                        Map.of("width", 1920, "height", 1080),
                        "people",
                        bodies));
    }

    private static double[][] rows(FitProblem problem) {
        double[][] rows = new double[problem.layout().size()][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(problem.keypoints(), 3 * k, 3 * k + 3));
        return rows;
    }
}

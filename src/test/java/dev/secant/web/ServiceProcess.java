package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service of {@link FakeService} as a process of its own, asked over HTTP. */
final class ServiceProcess {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final BufferedReader output;
    private int port;

    private ServiceProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /**
     * Starts one, and waits until it serves.
     *
     * @param home where its database is, unless an option says otherwise
     * @param started where it is entered at once, for whoever ends it
     * @param options of the Java virtual machine
     */
    static ServiceProcess start(Path home, List<ServiceProcess> started, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsecant.home=" + home,
                "-Dsecant.fit.warm-up=false",
                "-Dserver.port=0"));
        command.addAll(options);
        command.add(FakeService.class.getName());
        ServiceProcess service = new ServiceProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        started.add(service);
        String line = service.readUntil("PORT ");
        service.port = Integer.parseInt(line.substring("PORT ".length()));
        return service;
    }

    Process process() {
        return process;
    }

    /** Reads what it prints, up to a line that starts like this. */
    String readUntil(String start) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            read.append(line).append('\n');
        }
        throw new IllegalStateException("The service ended:\n" + read);
    }

    /** Posts fits. */
    JsonNode post(String body) {
        return send(request("/v1/fits", "wait=0")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Waits for what it asks for, where that can be waited for. */
    JsonNode get(String path) {
        return send(request(path, "wait=60"));
    }

    /** What there is now. */
    JsonNode getNow(String path) {
        return send(request(path, "wait=0"));
    }

    private HttpRequest.Builder request(String path, String preference) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Prefer", preference);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isLessThan(300);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

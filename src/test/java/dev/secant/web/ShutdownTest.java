package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.BodyFitterFactory;
import dev.secant.fit.FakeFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;
import tools.jackson.databind.JsonNode;

/** A service that is told to stop answers what it has begun, and what waits is done by the next one. */
@Timeout(120)
class ShutdownTest {

    private static final int WAITING = 5;

    /** A fitter that begins, and goes on when it is let. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Held {

        @Bean
        @Primary
        HeldFitters heldFitters() {
            return new HeldFitters(new HeldFitter());
        }
    }

    record HeldFitters(HeldFitter fitter) implements BodyFitterFactory {

        @Override
        public BodyFitter on(Device device) {
            return fitter;
        }
    }

    static final class HeldFitter extends FakeFitter {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch let = new CountDownLatch(1);

        @Override
        public List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
            begun.countDown();
            try {
                let.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.fit(problems, settings, cancelled);
        }
    }

    @Test
    void whatHasBegunIsAnsweredAndWhatWaitsIsKept(@TempDir Path home) throws Exception {
        List<String> waiting = new ArrayList<>();
        HttpResponse<String> answer;
        try (RunningService service = RunningService.start(home, new Class<?>[] {Held.class})) {
            HeldFitter fitter = service.context().getBean(HeldFitters.class).fitter();
            CompletableFuture<HttpResponse<String>> begun = service.post("/v1/fits", ApiTest.fit(1));
            fitter.begun.await();
            for (int i = 0; i < WAITING; i++) {
                HttpRequest request = service.request("/v1/fits")
                        .setHeader("Prefer", "respond-async")
                        .POST(HttpRequest.BodyPublishers.ofString(ApiTest.fit(10 + i)))
                        .build();
                waiting.add(ServiceTest.json(ServiceTest.send(request))
                        .at("/job/id")
                        .asString());
            }
            CountDownLatch stopping = new CountDownLatch(1);
            service.context()
                    .addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> stopping.countDown());
            Thread stop = new Thread(service.context()::close);
            stop.start();
            stopping.await();
            fitter.let.countDown();
            answer = begun.get();
            stop.join();
        }

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ServiceTest.json(answer).at("/job/state").asString()).isEqualTo("SUCCEEDED");
        try (RunningService next = RunningService.start(home, new Class<?>[] {ApiTest.Fakes.class})) {
            for (int i = 0; i < WAITING; i++) {
                JsonNode result = next.get("/v1/jobs/" + waiting.get(i) + "/result");
                assertThat(result.at("/job/state").asString()).isEqualTo("SUCCEEDED");
                assertThat(result.at("/job/attempt").asInt()).isEqualTo(1);
                assertThat(result.at("/people/0/body/pose/0/0").asInt()).isEqualTo(10 + i);
            }
        }
    }
}

package dev.secant.jobs;

import ai.djl.Device;
import dev.secant.body.BodyModel;
import dev.secant.body.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.DefaultBodyFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FittedBody;
import dev.secant.tensor.DeviceThread;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/** Wires FIT jobs. */
@Configuration(proxyBeanMethods = false)
class FitConfiguration {

    /** The body that is fitted: the one that ships with Secant, or the file of {@code secant.body}. */
    @Bean
    BodyModel bodyModel(@Value("${secant.body:}") String file) {
        return file.isEmpty() ? BodyModels.defaultBody() : BodyModels.load(Path.of(file));
    }

    /** The bundled checkpoints and the user's, of {@code secant.home}. */
    @Bean
    CheckpointRegistry checkpointRegistry(@Value("${secant.home:./secant-data}") Path home) {
        return CheckpointRegistry.withDirectory(home.resolve("checkpoints"));
    }

    /** Lazy, so that a primary fitter in its place keeps it from being loaded. */
    @Bean
    @Lazy
    BodyFitter bodyFitter(
            BodyModel body, CheckpointRegistry checkpoints, @Value("${secant.fit.checkpoint:body}") String checkpoint) {
        return new DefaultBodyFitter(body, checkpoints, checkpoint);
    }

    @Bean
    DeviceThread fitThread() {
        return new DeviceThread(Device.cpu());
    }

    @Bean
    JobMetrics jobMetrics(JobStore store, Clock secantClock, MeterRegistry registry) {
        return new JobMetrics(store, secantClock, registry);
    }

    @Bean
    Batcher<FitWork.Key, FitProblem, FittedBody> fitBatcher(
            DeviceThread fitThread,
            BodyFitter fitter,
            JobsProperties properties,
            JobMetrics metrics,
            MeterRegistry registry) {
        Batcher<FitWork.Key, FitProblem, FittedBody> batcher = new Batcher<>(
                fitThread,
                (key, problems, cancelled) -> metrics.count(() -> fitter.fit(problems, key.settings(), cancelled)),
                new Batcher.Limits(properties.maxBatch(), properties.linger()));
        JobMetrics.watchQueue(batcher, registry);
        return batcher;
    }

    @Bean
    JobWork fitWork(Batcher<FitWork.Key, FitProblem, FittedBody> batcher, BodyFitter fitter, JsonMapper json) {
        return new FitWork(batcher, fitter.identity(), json);
    }
}

package dev.secant.jobs.fit;

import ai.djl.Device;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.jobs.JobsProperties;
import dev.secant.jobs.execution.Batcher;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.JobStore;
import dev.secant.tensor.DeviceThread;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.IntPredicate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
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
            BodyModel body,
            CheckpointRegistry checkpoints,
            Device device,
            @Value("${secant.fit.checkpoint:body}") String checkpoint) {
        // Loaded here, so that a name that there is not stops the start and not the first fit.
        checkpoints.get(checkpoint);
        return new DefaultBodyFitter(body, checkpoints, checkpoint, device);
    }

    @Bean
    DeviceThread fitThread(Device device) {
        return new DeviceThread(device);
    }

    /** Fits people of known bodies as soon as the service is up, so that the first request is not the slow one. */
    @Bean
    @ConditionalOnProperty(name = "secant.fit.warm-up", havingValue = "true", matchIfMissing = true)
    FitWarmUp fitWarmUp(DeviceThread fitThread, BodyFitter fitter, BodyModel body, JobsProperties properties) {
        return new FitWarmUp(fitThread, fitter, body, properties.worker());
    }

    @Bean
    JobMetrics jobMetrics(JobStore store, Clock secantClock, MeterRegistry registry) {
        return new JobMetrics(store, secantClock, registry);
    }

    @Bean
    Batcher<FitWork.Key, FitProblem, FitOutcome> fitBatcher(
            DeviceThread fitThread,
            BodyFitter fitter,
            JobsProperties properties,
            JobMetrics metrics,
            MeterRegistry registry) {
        Batcher<FitWork.Key, FitProblem, FitOutcome> batcher = new Batcher<>(
                fitThread,
                (key, problems, cancelled) -> metrics.count(() -> fit(fitter, problems, key.settings(), cancelled)),
                new Batcher.Limits(properties.maxBatch(), properties.linger()));
        JobMetrics.watchQueue(batcher, registry);
        return batcher;
    }

    private static List<FitOutcome> fit(
            BodyFitter fitter, List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
        List<FittedBody> bodies = fitter.fit(problems, settings, cancelled);
        FitProvenance provenance = fitter.provenance();
        return bodies.stream().map(body -> new FitOutcome(body, provenance)).toList();
    }

    @Bean
    JobWork fitWork(Batcher<FitWork.Key, FitProblem, FitOutcome> batcher, BodyFitter fitter, JsonMapper json) {
        return new FitWork(batcher, fitter.identity(), json);
    }
}

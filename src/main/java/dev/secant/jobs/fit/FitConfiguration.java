package dev.secant.jobs.fit;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.checkpoint.CheckpointWatch;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.BodyFitterFactory;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FittedBody;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.jobs.devices.BatchMetrics;
import dev.secant.jobs.devices.BatchWork;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.DevicePool;
import dev.secant.jobs.devices.OnWorker;
import dev.secant.jobs.devices.PoolProperties;
import dev.secant.jobs.execution.JobWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

    /** Reads new and changed checkpoints while the service runs. */
    @Bean
    CheckpointWatch checkpointWatch(CheckpointRegistry checkpoints) {
        return new CheckpointWatch(checkpoints);
    }

    @Bean
    @OnWorker
    BodyFitterFactory bodyFitters(
            BodyModel body, CheckpointRegistry checkpoints, @Value("${secant.fit.checkpoint:body}") String checkpoint) {
        // Looked for here, so that an unknown name fails startup and not the first fit.
        checkpoints.get(checkpoint);
        return device -> new DefaultBodyFitter(body, checkpoints, checkpoint, device);
    }

    @Bean
    @OnWorker
    FitMetrics fitMetrics(MeterRegistry registry) {
        return new FitMetrics(registry);
    }

    @Bean
    @OnWorker
    Batcher<FitWork.Key, FitProblem, FitOutcome> fitBatcher(
            DevicePool devicePool, BodyFitterFactory fitters, PoolProperties properties, MeterRegistry registry) {
        return new Batcher<>(
                devicePool,
                new Batcher.Settings("fit", device -> device.limits().people(), properties.linger()),
                device -> work(fitters.on(device.device())),
                new BatchMetrics(registry, "fit", "People"));
    }

    private static BatchWork<FitWork.Key, FitProblem, FitOutcome> work(BodyFitter fitter) {
        return (key, problems, cancelled) -> {
            List<FittedBody> bodies = fitter.fit(problems, key.settings(), cancelled);
            FitProvenance provenance = fitter.provenance();
            return bodies.stream().map(body -> new FitOutcome(body, provenance)).toList();
        };
    }

    /** Fits people of known bodies as soon as the service is up, so that the first request is not the slow one. */
    @Bean
    @OnWorker
    @ConditionalOnProperty(name = "secant.fit.warm-up", havingValue = "true", matchIfMissing = true)
    FitWarmUp fitWarmUp(Batcher<FitWork.Key, FitProblem, FitOutcome> fitBatcher, BodyModel body) {
        return new FitWarmUp(fitBatcher, body);
    }

    @Bean
    @OnWorker
    JobWork fitWork(Batcher<FitWork.Key, FitProblem, FitOutcome> fitBatcher, JsonMapper json, FitMetrics fitMetrics) {
        return new FitWork(fitBatcher, json, fitMetrics);
    }
}

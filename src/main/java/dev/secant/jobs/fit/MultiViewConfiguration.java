package dev.secant.jobs.fit;

import dev.secant.body.BodyModel;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.fit.views.MultiViewFitter;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.jobs.devices.BatchMetrics;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.DevicePool;
import dev.secant.jobs.devices.OnWorker;
import dev.secant.jobs.devices.PoolProperties;
import dev.secant.jobs.execution.JobWork;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires MULTI_VIEW_FIT jobs. */
@Configuration(proxyBeanMethods = false)
class MultiViewConfiguration {

    /** A person of several views is several people to the networks, and several starts to the optimizer. */
    private static final int SHARE = 8;

    @Bean
    @OnWorker
    Batcher<MultiViewWork.Key, MultiViewProblem, MultiViewBody> multiViewBatcher(
            DevicePool devicePool,
            BodyModel body,
            CheckpointRegistry checkpoints,
            @Value("${secant.fit.checkpoint:body}") String checkpoint,
            PoolProperties properties,
            MeterRegistry registry) {
        return new Batcher<>(
                devicePool,
                new Batcher.Settings(
                        "multi-view-fit", device -> Math.max(1, device.limits().people() / SHARE), properties.linger()),
                device -> {
                    MultiViewFitter fitter = new MultiViewFitter(
                            new DefaultBodyFitter(body, checkpoints, checkpoint, device.device()), body);
                    return (key, people, cancelled) -> fitter.fit(people, key.steps(), cancelled);
                },
                new BatchMetrics(registry, "multi-view-fit", "People"));
    }

    @Bean
    @OnWorker
    JobWork multiViewWork(
            Batcher<MultiViewWork.Key, MultiViewProblem, MultiViewBody> multiViewBatcher, JsonMapper json) {
        return new MultiViewWork(multiViewBatcher, json);
    }
}

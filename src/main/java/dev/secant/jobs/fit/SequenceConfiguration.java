package dev.secant.jobs.fit;

import dev.secant.body.BodyModel;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Observations;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.fit.sequence.MotionPrior;
import dev.secant.fit.sequence.RangeExecutor;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.jobs.devices.BatchMetrics;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.DevicePool;
import dev.secant.jobs.devices.OnWorker;
import dev.secant.jobs.devices.PoolProperties;
import dev.secant.jobs.execution.JobWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires SEQUENCE jobs. */
@Configuration(proxyBeanMethods = false)
class SequenceConfiguration {

    /** Run a sequence each: their threads wait for devices and windows, and do what is in no window. */
    @Bean(destroyMethod = "shutdownNow")
    @OnWorker
    ExecutorService sequenceRunners() {
        return threads("sequence-");
    }

    /** Solve windows of sequences. */
    @Bean(destroyMethod = "shutdownNow")
    @OnWorker
    ExecutorService sequenceWindows() {
        return threads("sequence-windows-");
    }

    /** As many as there are processors. */
    private static ExecutorService threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, name + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    @OnWorker
    Batcher<FrameEstimates.Key, Observations, FrameEstimates.Estimate> frameBatcher(
            DevicePool devicePool,
            BodyModel body,
            CheckpointRegistry checkpoints,
            PoolProperties properties,
            MeterRegistry registry,
            @Value("${secant.fit.checkpoint:body}") String checkpoint) {
        return new Batcher<>(
                devicePool,
                new Batcher.Settings(
                        "sequence",
                        device -> Math.max(1, device.limits().people() / FrameEstimates.CHUNK),
                        properties.linger()),
                device -> FrameEstimates.work(new DefaultBodyFitter(body, checkpoints, checkpoint, device.device())),
                new BatchMetrics(registry, "sequence", "Chunks of frames"));
    }

    @Bean
    @OnWorker
    JobWork sequenceWork(
            BodyModel body,
            ExecutorService sequenceRunners,
            ExecutorService sequenceWindows,
            Batcher<FrameEstimates.Key, Observations, FrameEstimates.Estimate> frameBatcher,
            JsonMapper json) {
        return new SequenceWork(
                new SequenceFitter(body, MotionPrior.MEASURED, RangeExecutor.on(sequenceWindows)),
                sequenceRunners,
                frameBatcher,
                json);
    }
}

package dev.secant.jobs.minimization;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.jobs.devices.ArrayPool;
import dev.secant.jobs.devices.BatchMetrics;
import dev.secant.jobs.devices.BatchWork;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.DevicePool;
import dev.secant.jobs.devices.OnWorker;
import dev.secant.jobs.devices.PoolProperties;
import dev.secant.jobs.execution.JobWork;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.TrajectoryBudget;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires MINIMIZATION jobs. They have lanes of their own on every device, and processor threads for what needs none: a long one never
 * holds up a fit.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MinimizationProperties.class)
class MinimizationConfiguration {

    @Bean
    SolverFactory minimizationSolvers(CheckpointRegistry checkpoints) {
        return SolverFactory.of(checkpoints);
    }

    @Bean
    RequestReader minimizationRequestReader(SolverFactory solvers, MinimizationProperties properties) {
        return new RequestReader(
                ExpressionLimits.DEFAULT, solvers, new TrajectoryBudget(properties.maxTrajectoryNumbers()));
    }

    @Bean
    @OnWorker
    BatchPlacement batchPlacement(SolverFactory solvers, DevicePool devicePool) {
        return new CostPlacement(solvers, devicePool.hasAccelerator());
    }

    @Bean
    @OnWorker
    BatchMetrics minimizationBatches(MeterRegistry registry) {
        return new BatchMetrics(registry, "minimization", "Starts");
    }

    /** Each device has solvers of its own: their weights lie on it. */
    @Bean
    @OnWorker
    Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationBatcher(
            DevicePool devicePool,
            CheckpointRegistry checkpoints,
            PoolProperties properties,
            MinimizationProperties minimizations,
            BatchMetrics minimizationBatches) {
        return new Batcher<>(
                devicePool,
                new Batcher.Settings("minimization", device -> device.limits().starts(), properties.linger()),
                device -> work(new Minimizer(
                        device.device(),
                        SolverFactory.of(checkpoints),
                        device.limits().memory().toBytes())),
                minimizationBatches,
                new Batcher.Weight<>(MinimizationProblem::trajectoryNumbers, minimizations.maxTrajectoryNumbers()));
    }

    /** The threads share the memory of a batch on the CPU. */
    @Bean
    @OnWorker
    ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationArrays(
            SolverFactory solvers, PoolProperties properties, BatchMetrics minimizationBatches) {
        ArrayPool.Settings settings = properties.arrays();
        long memory = Math.max(1, properties.cpu().memory().toBytes() / settings.threads());
        return new ArrayPool<>(
                work(new Minimizer(Device.cpu(), solvers, memory)), settings, minimizationBatches, System::nanoTime);
    }

    private static BatchWork<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> work(Minimizer minimizer) {
        return (key, problems, cancelled) -> minimizer.answers(problems, cancelled);
    }

    @Bean
    @OnWorker
    JobWork minimizationWork(
            BatchPlacement placement,
            ArrayPool<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationArrays,
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationBatcher,
            RequestReader reader,
            JsonMapper json,
            MeterRegistry registry) {
        return new MinimizationWork(
                new PlacedMinimizations(placement, minimizationArrays, minimizationBatcher),
                reader,
                json,
                new MinimizationMetrics(registry));
    }
}

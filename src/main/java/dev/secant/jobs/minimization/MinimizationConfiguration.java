package dev.secant.jobs.minimization;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.jobs.execution.Batcher;
import dev.secant.jobs.execution.JobWork;
import dev.secant.minimize.MinimizationItem;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.TrajectoryBudget;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.tensor.DeviceThread;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires MINIMIZATION jobs. They have a device thread of their own: a long one never holds up a fit. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MinimizationProperties.class)
class MinimizationConfiguration {

    /** Starts of a batch at most; the minimizer itself keeps to its memory. */
    private static final int MAX_BATCH = 1024;

    @Bean
    DeviceThread minimizationThread(Device device) {
        return new DeviceThread(device);
    }

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
    Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> minimizationBatcher(
            DeviceThread minimizationThread, SolverFactory solvers, MinimizationProperties properties) {
        Minimizer minimizer = new Minimizer(minimizationThread.device(), solvers);
        return new Batcher<>(
                minimizationThread,
                (key, problems, cancelled) -> minimizer.minimize(problems, cancelled),
                new Batcher.Limits(MAX_BATCH, Duration.ofMillis(2)),
                new Batcher.Weight<>(MinimizationProblem::trajectoryNumbers, properties.maxTrajectoryNumbers()));
    }

    @Bean
    JobWork minimizationWork(
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationItem> minimizationBatcher,
            RequestReader reader,
            JsonMapper json) {
        return new MinimizationWork(minimizationBatcher, reader, json);
    }
}

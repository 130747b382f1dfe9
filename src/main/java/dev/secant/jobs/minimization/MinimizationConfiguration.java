package dev.secant.jobs.minimization;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.jobs.execution.Batcher;
import dev.secant.jobs.execution.JobWork;
import dev.secant.minimize.MinimizationAnswer;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationProblem;
import dev.secant.minimize.request.RequestReader;
import dev.secant.minimize.run.Minimizer;
import dev.secant.minimize.run.SolverFactory;
import dev.secant.objective.syntax.ExpressionLimits;
import dev.secant.tensor.DeviceThread;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires MINIMIZATION jobs. They have a device thread of their own: a long one never holds up a fit. */
@Configuration(proxyBeanMethods = false)
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
    RequestReader minimizationRequestReader(SolverFactory solvers) {
        return new RequestReader(ExpressionLimits.DEFAULT, solvers);
    }

    @Bean
    Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationBatcher(
            DeviceThread minimizationThread, SolverFactory solvers) {
        Minimizer minimizer = new Minimizer(minimizationThread.device(), solvers);
        return new Batcher<>(
                minimizationThread,
                (key, problems, cancelled) -> minimizer.answers(problems, cancelled),
                new Batcher.Limits(MAX_BATCH, Duration.ofMillis(2)));
    }

    @Bean
    JobWork minimizationWork(
            Batcher<MinimizationPlan.Key, MinimizationProblem, MinimizationAnswer> minimizationBatcher,
            RequestReader reader,
            JsonMapper json) {
        return new MinimizationWork(minimizationBatcher, reader, json);
    }
}

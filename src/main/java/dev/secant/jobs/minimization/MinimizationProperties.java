package dev.secant.jobs.minimization;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of minimizations: {@code secant.minimize.*}.
 *
 * @param maxTrajectoryNumbers numbers that the trajectories of one request may hold, see {@link
 *     dev.secant.minimize.TrajectoryBudget}; 20 million by default
 * @param validationTimeout how long a validation waits for its turn before it is answered with 503; 5 s by default
 */
@ConfigurationProperties("secant.minimize")
public record MinimizationProperties(
        @DefaultValue("20000000") long maxTrajectoryNumbers, @DefaultValue("5s") Duration validationTimeout) {}

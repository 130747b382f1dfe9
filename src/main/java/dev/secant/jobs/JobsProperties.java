package dev.secant.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the jobs: {@code secant.jobs.*}.
 *
 * @param worker whether this process executes jobs, or only takes them
 * @param queueLimit how many jobs may be QUEUED before new ones are refused
 * @param resultRetention how long requests and results are kept after the end of their job
 * @param jobRetention how long a job is known after its end
 */
@ConfigurationProperties("secant.jobs")
public record JobsProperties(
        @DefaultValue("true") boolean worker,
        @DefaultValue("10000") int queueLimit,
        @DefaultValue("7d") Duration resultRetention,
        @DefaultValue("30d") Duration jobRetention) {}

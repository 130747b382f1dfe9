package dev.secant.jobs.execution;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this process executes jobs, if it should: a part of its readiness. */
@Component
final class WorkerHealthIndicator implements HealthIndicator {

    private final Worker worker;
    private final JobExecution execution;

    WorkerHealthIndicator(Worker worker, JobExecution execution) {
        this.worker = worker;
        this.execution = execution;
    }

    @Override
    public Health health() {
        return (worker.ready() ? Health.up() : Health.outOfService())
                .withDetail("enabled", worker.enabled())
                .withDetail("running", execution.running())
                .build();
    }
}

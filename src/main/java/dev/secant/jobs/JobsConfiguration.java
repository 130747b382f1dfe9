package dev.secant.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.secant.jobs.devices.DevicePool;
import dev.secant.jobs.devices.Stoppable;
import dev.secant.jobs.execution.DeadExecutions;
import dev.secant.jobs.execution.JobExecution;
import dev.secant.jobs.execution.JobSignals;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.execution.Retention;
import dev.secant.jobs.execution.Worker;
import dev.secant.jobs.store.DatabaseKind;
import dev.secant.jobs.store.DurableCommits;
import dev.secant.jobs.store.JdbcJobStore;
import dev.secant.jobs.store.JobIds;
import dev.secant.jobs.store.JobStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the jobs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsProperties.class)
class JobsConfiguration {

    /** How soon after a failed attempt, such as a database that was away, a job is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Bean
    Clock secantClock() {
        return Clock.systemUTC();
    }

    @Bean
    JobMetrics jobMetrics(JobStore store, Clock secantClock, MeterRegistry registry) {
        return new JobMetrics(store, secantClock, registry);
    }

    @Bean
    JobIds jobIds(Clock secantClock) {
        return new JobIds(secantClock, new SecureRandom());
    }

    @Bean
    JobStore jobStore(JdbcClient jdbc, PlatformTransactionManager transactions, DataSource dataSource) {
        return new JdbcJobStore(
                jdbc,
                new TransactionTemplate(transactions),
                new DurableCommits(jdbc, DatabaseKind.of(dataSource) == DatabaseKind.EMBEDDED));
    }

    @Bean
    JobSignals jobSignals() {
        return new JobSignals();
    }

    @Bean
    JobExecution jobExecution(
            JobStore store, JobSignals signals, JobIds ids, Clock secantClock, ObjectProvider<JobWork> works) {
        return new JobExecution(
                store, signals, ids, secantClock, works.orderedStream().toList());
    }

    @Bean
    Task<Void> jobTask(JobExecution execution, Clock secantClock) {
        return Tasks.custom(Jobs.TASK)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, secantClock.instant().plus(RETRY)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> execution.run(Jobs.jobOf(instance))
                        ? new CompletionHandler.OnCompleteRemove<>()
                        : (complete, operations) -> operations.reschedule(complete, secantClock.instant()));
    }

    @Bean
    Task<Void> retentionTask(JobStore store, Clock secantClock, JobsProperties properties) {
        Retention retention =
                new Retention(store, secantClock, properties.resultRetention(), properties.jobRetention());
        return Tasks.recurring("retention", FixedDelay.ofMinutes(10)).execute((instance, context) -> retention.run());
    }

    @Bean
    Jobs jobs(
            JobStore store,
            JobExecution execution,
            JobSignals signals,
            Scheduler scheduler,
            PlatformTransactionManager transactions,
            JobIds ids,
            Clock secantClock,
            JobsProperties properties) {
        return new Jobs(
                store,
                execution,
                signals,
                new Jobs.Queueing(scheduler, new TransactionTemplate(transactions), ids, properties.queueLimit()),
                secantClock);
    }

    @Bean
    Worker worker(
            Scheduler scheduler,
            JobExecution execution,
            DataSource dataSource,
            ObjectProvider<DevicePool> pools,
            ObjectProvider<Stoppable> stoppables,
            JobsProperties properties) {
        List<Stoppable> all = stoppables.orderedStream().toList();
        Worker worker = new Worker(
                scheduler,
                execution,
                new DeadExecutions(dataSource),
                () -> all.forEach(Stoppable::stop),
                properties.worker());
        pools.ifAvailable(pool -> pool.listen(worker::devicesAvailable));
        return worker;
    }
}

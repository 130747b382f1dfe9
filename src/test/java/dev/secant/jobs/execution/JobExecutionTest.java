package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.jobs.store.DatabaseKind;
import dev.secant.jobs.store.DurableCommits;
import dev.secant.jobs.store.JdbcJobStore;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobIds;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import dev.secant.jobs.store.NewJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a job whose work throws. */
class JobExecutionTest {

    @TempDir
    private Path folder;

    private final JobIds ids = new JobIds(Clock.systemUTC(), new Random(1));
    private final AtomicInteger attempts = new AtomicInteger();

    private JobStore store() {
        DataSource dataSource = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("jobs"), "secant", "");
        Flyway.configure().dataSource(dataSource).load().migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return new JdbcJobStore(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new DurableCommits(jdbc, DatabaseKind.of(dataSource) == DatabaseKind.EMBEDDED));
    }

    private JobExecution throwing(JobStore store, Throwable failure) {
        JobWork work = new JobWork() {
            @Override
            public JobKind kind() {
                return JobKind.FIT;
            }

            @Override
            public void run(JobRun run) {
                attempts.incrementAndGet();
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
        return new JobExecution(store, new JobSignals(), ids, Clock.systemUTC(), List.of(work));
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class})
    void whatUsesUpTheProcessFailsTheJobForGood(Class<? extends Error> type) throws Exception {
        JobStore store = store();
        JobExecution execution = throwing(store, type.getConstructor().newInstance());
        Job job = store.insert(
                ids.next(),
                new NewJob(JobKind.FIT, "", 1, "{}", null),
                Clock.systemUTC().instant());

        assertThat(execution.run(job.id())).as("over with").isTrue();
        assertThat(execution.run(job.id())).isTrue();

        assertThat(attempts).hasValue(1);
        Job ended = store.find(job.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(ended.error()).contains("memory of the worker");
    }

    @Test
    void otherFailuresAreForTheSchedulerToRetry() {
        JobStore store = store();
        IllegalStateException failure = new IllegalStateException("The database is away.");
        JobExecution execution = throwing(store, failure);
        Job job = store.insert(
                ids.next(),
                new NewJob(JobKind.FIT, "", 1, "{}", null),
                Clock.systemUTC().instant());

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> execution.run(job.id()))
                .isSameAs(failure);
        assertThat(store.find(job.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }
}

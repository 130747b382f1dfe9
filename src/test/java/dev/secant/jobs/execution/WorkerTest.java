package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.secant.jobs.store.DatabaseKind;
import dev.secant.jobs.store.DurableCommits;
import dev.secant.jobs.store.JdbcJobStore;
import dev.secant.jobs.store.JobIds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When a worker takes jobs from the queue: a scheduler of its own, on a database of its own. */
@Timeout(60)
class WorkerTest {

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final OneTimeTask<Void> task =
            Tasks.oneTime("task").execute((instance, context) -> done.add(instance.getId()));
    private JdbcConnectionPool database;
    private Scheduler scheduler;

    @BeforeEach
    void createScheduler() {
        database = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("jobs"), "secant", "");
        Flyway.configure().dataSource(database).load().migrate();
        scheduler = Scheduler.create(database, task)
                .pollingInterval(Duration.ofMillis(20))
                .threads(1)
                .build();
    }

    @AfterEach
    void stopScheduler() {
        scheduler.stop();
        database.dispose();
    }

    private Worker worker(boolean enabled) {
        JdbcClient jdbc = JdbcClient.create(database);
        JdbcJobStore store = new JdbcJobStore(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new DurableCommits(jdbc, DatabaseKind.of(database) == DatabaseKind.EMBEDDED));
        JobExecution execution = new JobExecution(
                store, new JobSignals(), new JobIds(Clock.systemUTC(), new Random(1)), Clock.systemUTC(), List.of());
        return new Worker(scheduler, execution, new DeadExecutions(database), closed::incrementAndGet, enabled);
    }

    private void schedule(String id) {
        scheduler.schedule(task.instance(id), Instant.EPOCH);
    }

    @Test
    void nothingIsTakenWhileNoDeviceIsInService() throws Exception {
        Worker worker = worker(true);
        worker.start();
        schedule("first");
        assertThat(done.take()).isEqualTo("first");

        worker.devicesAvailable(false);
        assertThat(scheduler.getSchedulerState().isPaused()).isTrue();
        assertThat(worker.ready()).as("readiness is the devices' business then").isTrue();
        schedule("second");
        assertThat(done).isEmpty();

        worker.devicesAvailable(true);
        assertThat(scheduler.getSchedulerState().isPaused()).isFalse();
        assertThat(done.take()).isEqualTo("second");
    }

    @Test
    void aWorkerThatHasStoppedTakesNothingWhateverItsDevicesDo() {
        Worker worker = worker(true);
        worker.devicesAvailable(false);
        assertThat(scheduler.getSchedulerState().isPaused()).as("not begun").isFalse();
        worker.start();
        worker.stop();
        assertThat(closed).hasValue(1);
        assertThat(scheduler.getSchedulerState().isPaused()).isTrue();

        worker.devicesAvailable(true);

        assertThat(scheduler.getSchedulerState().isPaused()).isTrue();
    }

    @Test
    void anApiOnlyProcessTakesNothing() {
        Worker worker = worker(false);
        worker.start();
        worker.devicesAvailable(false);
        worker.devicesAvailable(true);

        assertThat(scheduler.getSchedulerState().isStarted()).isFalse();
        assertThat(worker.ready()).isTrue();
    }
}

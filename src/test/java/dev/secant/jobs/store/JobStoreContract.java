package dev.secant.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every store of jobs does, whatever the database. */
abstract class JobStoreContract {

    private static final String OWNER = "key:1";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final JobIds ids = new JobIds(Clock.systemUTC(), new Random(1));
    private JobStore store;
    private TransactionTemplate transaction;

    /** A database that other tests of the class may have used. */
    abstract DataSource dataSource();

    @BeforeEach
    void migrate() {
        DataSource dataSource = dataSource();
        Flyway.configure().dataSource(dataSource).load().migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("delete from jobs").update();
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        store = new JdbcJobStore(
                jdbc, transaction, new DurableCommits(jdbc, DatabaseKind.of(dataSource) == DatabaseKind.EMBEDDED));
    }

    private Job insert(int items, @Nullable String key) {
        return store.insert(ids.next(), new NewJob(JobKind.FIT, OWNER, items, "{\"a\":\"é\"}", key), NOW);
    }

    private JobLease claim(Job job) {
        return store.claim(job.id(), ids.next(), NOW.plusSeconds(1)).orElseThrow();
    }

    private static ItemResult succeeded(int item) {
        return new ItemResult(item, ItemOutcome.SUCCEEDED, "{\"item\":%d}".formatted(item), "[1]", null);
    }

    private static JobStore.End end(JobState state) {
        return new JobStore.End(state, state == JobState.FAILED ? "why" : null, NOW.plusSeconds(2));
    }

    @Test
    void whatIsInsertedIsFound() {
        Job job = insert(3, "key");

        assertThat(store.find(job.id())).contains(job);
        assertThat(store.findByIdempotencyKey(OWNER, "key")).contains(job);
        assertThat(store.payload(job.id())).contains("{\"a\":\"é\"}");
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.createdAt()).isEqualTo(NOW);
        assertThat(store.find(ids.next())).isEmpty();
    }

    @Test
    void eachOwnerHasItsJobsAndIdempotencyKeys() {
        Job mine = insert(1, "key");
        Job others = store.insert(ids.next(), new NewJob(JobKind.FIT, "key:2", 1, "{}", "key"), NOW);

        assertThat(store.findByIdempotencyKey("key:2", "key")).contains(others);
        assertThat(store.findByIdempotencyKey(OWNER, "key")).contains(mine);
        assertThat(store.findByIdempotencyKey("", "key")).isEmpty();
        assertThat(store.list(new JobFilter("key:2", null, null, null, 10))).containsExactly(others);
        assertThat(store.list(new JobFilter(null, null, null, null, 10))).containsExactly(others, mine);
        assertThat(store.find(others.id()).orElseThrow().owner()).isEqualTo("key:2");
    }

    @Test
    void anIdempotencyKeyIsUsedOnce() {
        insert(1, "key");
        insert(1, null);
        insert(1, null);

        assertThatThrownBy(() -> insert(1, "key")).isInstanceOf(DuplicateKeyException.class);
        assertThat(store.queued()).isEqualTo(3);
    }

    @Test
    void aJobIsDone() {
        Job job = insert(2, null);

        JobLease lease = claim(job);
        assertThat(store.write(lease, List.of(succeeded(1)), null)).isTrue();
        assertThat(store.results(job.id())).extracting(ItemResult::item).containsExactly(1);
        assertThat(store.write(lease, List.of(succeeded(0)), end(JobState.SUCCEEDED)))
                .isTrue();

        Job done = store.find(job.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.counts()).isEqualTo(new Job.ItemCounts(2, 2, 0, 0, 0));
        assertThat(done.startedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(done.finishedAt()).isEqualTo(NOW.plusSeconds(2));
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(done.revision()).isEqualTo(3);
        assertThat(store.results(job.id()))
                .extracting(ItemResult::result)
                .containsExactly("{\"item\":0}", "{\"item\":1}");
        assertThat(store.results(job.id()).get(0).trajectory()).isNull();
        assertThat(store.result(job.id(), 1)).contains(succeeded(1));
        assertThat(store.claim(job.id(), ids.next(), NOW)).isEmpty();
    }

    @Test
    void aLaterClaimMakesAnEarlierOneVoid() {
        Job job = insert(2, null);
        JobLease dead = claim(job);
        store.write(dead, List.of(succeeded(0)), null);

        JobLease alive = claim(job);

        assertThat(alive.doneItems()).containsExactly(0);
        assertThat(alive.job().attempt()).isEqualTo(2);
        assertThat(store.write(dead, List.of(succeeded(1)), end(JobState.SUCCEEDED)))
                .isFalse();
        store.release(dead);
        assertThat(store.find(job.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        assertThat(store.write(alive, List.of(succeeded(1)), end(JobState.SUCCEEDED)))
                .isTrue();
        assertThat(store.write(alive, List.of(succeeded(1)), end(JobState.SUCCEEDED)))
                .isFalse();
        assertThat(store.results(job.id())).hasSize(2);
    }

    @Test
    void aReleasedJobWaitsAsIfItHadNotBeenClaimed() {
        Job job = insert(1, null);

        store.release(claim(job));

        Job released = store.find(job.id()).orElseThrow();
        assertThat(released.state()).isEqualTo(JobState.QUEUED);
        assertThat(released.attempt()).isZero();
        assertThat(claim(job).job().attempt()).isEqualTo(1);
    }

    @Test
    void aQueuedJobIsCancelledAtOnceAndARunningOneIsAsked() {
        Job queued = insert(2, null);
        Job running = insert(2, null);
        JobLease lease = claim(running);

        assertThat(store.cancel(queued.id(), NOW)).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.CANCELLED);
            assertThat(job.counts().cancelled()).isEqualTo(2);
            assertThat(job.finishedAt()).isEqualTo(NOW);
        });
        assertThat(store.cancel(running.id(), NOW).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        assertThat(store.cancelRequested()).containsExactly(running.id());
        assertThat(store.claim(queued.id(), ids.next(), NOW)).isEmpty();
        store.write(lease, List.of(), end(JobState.CANCELLED));
        Job ended = store.find(running.id()).orElseThrow();
        assertThat(store.cancel(running.id(), NOW)).contains(ended);
        assertThat(store.cancel(ids.next(), NOW)).isEmpty();
    }

    @Test
    void jobsAreListedNewestFirstAndFiltered() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            jobs.add(insert(1, null));
        }
        claim(jobs.get(2));

        assertThat(store.list(new JobFilter(null, null, null, null, 3)))
                .extracting(Job::id)
                .containsExactly(jobs.get(4).id(), jobs.get(3).id(), jobs.get(2).id());
        assertThat(store.list(new JobFilter(
                        null, JobState.QUEUED, JobKind.FIT, jobs.get(3).id(), 10)))
                .containsExactly(jobs.get(1), jobs.get(0));
        assertThat(store.list(new JobFilter(null, null, JobKind.MINIMIZATION, null, 10)))
                .isEmpty();
        assertThat(store.counts()).containsEntry(JobState.QUEUED, 4L).containsEntry(JobState.RUNNING, 1L);
        assertThat(store.queued()).isEqualTo(4);
    }

    @Test
    void nothingIsLeftOfADeletedJob() {
        Job job = insert(1, "key");
        JobLease lease = claim(job);
        store.write(lease, List.of(succeeded(0)), null);

        assertThat(store.delete(job.id())).isTrue();

        assertThat(store.find(job.id())).isEmpty();
        assertThat(store.payload(job.id())).isEmpty();
        assertThat(store.results(job.id())).isEmpty();
        assertThat(store.write(lease, List.of(), end(JobState.SUCCEEDED))).isFalse();
        assertThat(store.delete(job.id())).isFalse();
    }

    @Test
    void whatWasKeptLongEnoughExpiresAndIsPurged() {
        Job old = insert(1, null);
        store.write(claim(old), List.of(succeeded(0)), end(JobState.SUCCEEDED));
        Job running = insert(1, null);
        claim(running);
        Instant later = NOW.plus(Duration.ofDays(1));

        assertThat(store.expire(NOW, 1000)).isZero();
        assertThat(store.expire(later, 1000)).isEqualTo(1);
        assertThat(store.find(old.id()).orElseThrow().state()).isEqualTo(JobState.EXPIRED);
        assertThat(store.results(old.id())).isEmpty();
        assertThat(store.payload(old.id())).isEmpty();
        assertThat(store.expire(later, 1000)).isZero();
        assertThat(store.purge(later, 1000)).isEqualTo(1);
        assertThat(store.find(old.id())).isEmpty();
        assertThat(store.find(running.id())).isPresent();
    }

    @Test
    void retentionWorksInSlices() {
        for (int i = 0; i < 5; i++) {
            store.write(claim(insert(1, null)), List.of(succeeded(0)), end(JobState.SUCCEEDED));
        }
        Instant later = NOW.plus(Duration.ofDays(1));

        assertThat(store.expire(later, 2)).isEqualTo(2);
        assertThat(store.counts()).containsEntry(JobState.EXPIRED, 2L).containsEntry(JobState.SUCCEEDED, 3L);
        assertThat(store.purge(later, 3)).isEqualTo(3);
        assertThat(store.purge(later, 3)).isEqualTo(2);
        assertThat(store.purge(later, 3)).isZero();
    }

    @Test
    void resultsAreReadInPages() {
        Job job = insert(5, null);
        JobLease lease = claim(job);
        store.write(lease, List.of(succeeded(3), succeeded(0), ItemResult.failed(1, "no")), null);

        assertThat(store.resultItems(job.id())).containsExactly(0, 3);
        assertThat(store.results(job.id(), 1, 2)).extracting(ItemResult::item).containsExactly(1, 3);
        assertThat(store.results(job.id(), 0, 1)).extracting(ItemResult::item).containsExactly(0);
    }

    @Test
    void progressIsKnownWhileAJobRuns() {
        Job job = insert(2, null);
        JobLease dead = claim(job);
        JobLease lease = claim(job);
        RunningItem item = new RunningItem(1, 0.5, List.of(new RunningItem.Point(7, 9, 1.5, null)));

        assertThat(store.progress(job.id())).isEmpty();
        assertThat(store.writeProgress(dead, 0.5, List.of(item), NOW))
                .as("a void lease")
                .isFalse();
        assertThat(store.writeProgress(lease, 0.25, List.of(), NOW)).isTrue();
        assertThat(store.writeProgress(lease, 0.5, List.of(item), NOW.plusSeconds(1)))
                .isTrue();

        Job running = store.find(job.id()).orElseThrow();
        assertThat(running.progress()).isEqualTo(0.25);
        assertThat(running.revision())
                .as("no change of the job itself")
                .isEqualTo(lease.job().revision());
        assertThat(store.progress(job.id())).contains(new JobStore.Progress(NOW.plusSeconds(1), List.of(item)));
        store.write(lease, List.of(succeeded(0)), 0.5, null);
        assertThat(store.find(job.id()).orElseThrow().progress()).isEqualTo(0.75);
        store.write(lease, List.of(succeeded(1)), end(JobState.SUCCEEDED));
        assertThat(store.find(job.id()).orElseThrow().progress()).isEqualTo(1);
        assertThat(store.progress(job.id())).isEmpty();
    }

    @Test
    void aLongErrorIsShortened() {
        Job job = insert(1, null);

        store.write(
                claim(job),
                List.of(ItemResult.failed(0, "x".repeat(5000))),
                new JobStore.End(JobState.FAILED, "y".repeat(5000), NOW));

        assertThat(store.find(job.id()).orElseThrow().error()).hasSize(2000).endsWith("…");
    }

    @Test
    void ofManyThatClaimAtOnceOnlyTheLastMayWrite() throws Exception {
        Job job = insert(1, null);
        ExecutorService workers = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<JobLease>> claims = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            claims.add(workers.submit(() -> {
                start.await();
                return claim(job);
            }));
        }
        start.countDown();
        int written = 0;
        List<JobLease> made = new ArrayList<>();
        for (Future<JobLease> claim : claims) {
            made.add(claim.get());
        }
        for (JobLease lease : made) {
            written += store.write(lease, List.of(succeeded(0)), end(JobState.SUCCEEDED)) ? 1 : 0;
        }
        workers.shutdown();

        assertThat(written).isEqualTo(1);
        assertThat(store.results(job.id())).hasSize(1);
    }

    @Test
    void aRolledBackInsertLeavesNothing() {
        UUID id = ids.next();

        transaction.executeWithoutResult(status -> {
            store.insert(id, new NewJob(JobKind.FIT, OWNER, 1, "{}", null), NOW);
            status.setRollbackOnly();
        });

        assertThat(store.find(id)).isEmpty();
        assertThat(store.payload(id)).isEmpty();
    }
}

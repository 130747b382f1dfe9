package dev.secant.jobs.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps jobs in H2 or PostgreSQL. */
public final class JdbcJobStore implements JobStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DurableCommits commits;
    private final JdbcLeases leases;
    private final JdbcResults results;
    private final JdbcProgress progress;
    private final JdbcRetention retention;

    public JdbcJobStore(JdbcClient jdbc, TransactionTemplate transaction, DurableCommits commits) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.commits = commits;
        this.leases = new JdbcLeases(jdbc);
        this.results = new JdbcResults(jdbc);
        this.progress = new JdbcProgress(jdbc, transaction);
        this.retention = new JdbcRetention(jdbc, transaction);
    }

    @Override
    public Job insert(UUID id, NewJob job, Instant now) {
        Job stored = new Job(
                id,
                job.kind(),
                job.owner(),
                JobState.QUEUED,
                new Job.ItemCounts(job.items(), 0, 0, 0, 0),
                0,
                0,
                false,
                job.idempotencyKey(),
                job.digest(),
                null,
                now,
                null,
                null,
                0);
        transaction.executeWithoutResult(status -> {
            commits.afterCommit();
            jdbc.sql(
                            """
                    insert into jobs (id, kind, owner, state, items, items_succeeded, items_skipped, items_failed,
                        items_cancelled, attempt, cancel_requested, idempotency_key, request_digest, created_at, revision)
                    values (:id, :kind, :owner, :state, :items, 0, 0, 0, 0, 0, false, :key, :digest, :now, 0)""")
                    .param("id", id)
                    .param("kind", job.kind().name())
                    .param("owner", job.owner())
                    .param("state", JobState.QUEUED.name())
                    .param("items", job.items())
                    .param("key", job.idempotencyKey())
                    .param("digest", stored.requestDigest())
                    .param("now", JobRows.utc(now))
                    .update();
            jdbc.sql("insert into job_payloads (job_id, payload) values (:id, :payload)")
                    .param("id", id)
                    .param("payload", job.payload())
                    .update();
        });
        return stored;
    }

    @Override
    public Optional<Job> find(UUID id) {
        return jdbc.sql("select * from jobs where id = :id")
                .param("id", id)
                .query(JobRows::job)
                .optional();
    }

    @Override
    public Optional<Job> findByIdempotencyKey(String owner, String key) {
        return jdbc.sql("select * from jobs where owner = :owner and idempotency_key = :key")
                .param("owner", owner)
                .param("key", key)
                .query(JobRows::job)
                .optional();
    }

    @Override
    public List<Job> list(JobFilter filter) {
        StringBuilder sql = new StringBuilder("select * from jobs where true");
        Map<String, Object> parameters = new java.util.HashMap<>();
        if (filter.owner() != null) {
            sql.append(" and owner = :owner");
            parameters.put("owner", filter.owner());
        }
        if (filter.state() != null) {
            sql.append(" and state = :state");
            parameters.put("state", filter.state().name());
        }
        if (filter.kind() != null) {
            sql.append(" and kind = :kind");
            parameters.put("kind", filter.kind().name());
        }
        if (filter.before() != null) {
            sql.append(" and id < :before");
            parameters.put("before", filter.before());
        }
        sql.append(" order by id desc limit :limit");
        parameters.put("limit", filter.limit());
        return jdbc.sql(sql.toString()).params(parameters).query(JobRows::job).list();
    }

    @Override
    public Map<JobState, Long> counts() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, 0L);
        }
        jdbc.sql("select state, count(*) as jobs from jobs group by state").query(row -> {
            counts.put(JobState.valueOf(row.getString("state")), row.getLong("jobs"));
        });
        return counts;
    }

    @Override
    public long queued() {
        return jdbc.sql("select count(*) from jobs where state = 'QUEUED'")
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<String> payload(UUID id) {
        return jdbc.sql("select payload from job_payloads where job_id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    @Override
    public Optional<JobLease> claim(UUID id, UUID token, Instant now) {
        return transaction.execute(status -> {
            if (!leases.claim(id, token, now)) {
                return Optional.<JobLease>empty();
            }
            progress.forget(id);
            return Optional.of(new JobLease(
                    find(id).orElseThrow(), token, payload(id).orElseThrow(), new HashSet<>(results.items(id))));
        });
    }

    @Override
    public void release(JobLease lease) {
        leases.release(lease);
    }

    @Override
    public boolean write(JobLease lease, List<ItemResult> outcomes, double runningShare, @Nullable End end) {
        Job.ItemCounts counts = new Job.ItemCounts(0, 0, 0, 0, 0);
        for (ItemResult outcome : outcomes) {
            counts = counts.plus(outcome.outcome());
        }
        Job.ItemCounts added = counts;
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!leases.advance(lease, added, runningShare, end)) {
                return false;
            }
            if (end != null) {
                progress.forget(lease.job().id());
            }
            outcomes.forEach(outcome -> results.insert(lease.job().id(), outcome));
            commits.afterCommit();
            return true;
        }));
    }

    @Override
    public boolean writeProgress(JobLease lease, double runningShare, List<RunningItem> items, Instant at) {
        return progress.write(lease, runningShare, items, at);
    }

    @Override
    public Optional<Progress> progress(UUID id) {
        return progress.read(id);
    }

    @Override
    public List<ItemResult> results(UUID id) {
        return results.all(id);
    }

    @Override
    public List<Integer> resultItems(UUID id) {
        return results.withResult(id);
    }

    @Override
    public List<ItemResult> results(UUID id, int from, int limit) {
        return results.page(id, from, limit);
    }

    @Override
    public Optional<ItemResult> result(UUID id, int item) {
        return results.find(id, item);
    }

    @Override
    public Optional<Job> cancel(UUID id, Instant now) {
        return transaction.execute(status -> {
            int ended = jdbc.sql(
                            """
                    update jobs set state = 'CANCELLED', cancel_requested = true, items_cancelled = items, finished_at = :now,
                        revision = revision + 1
                    where id = :id and state = 'QUEUED' and items_succeeded + items_skipped + items_failed = 0""")
                    .param("id", id)
                    .param("now", JobRows.utc(now))
                    .update();
            if (ended == 0) {
                jdbc.sql(
                                """
                        update jobs set cancel_requested = true, revision = revision + 1
                        where id = :id and state in ('QUEUED', 'RUNNING') and not cancel_requested""")
                        .param("id", id)
                        .update();
            }
            return find(id);
        });
    }

    @Override
    public List<UUID> cancelRequested() {
        return jdbc.sql("select id from jobs where state = 'RUNNING' and cancel_requested")
                .query(UUID.class)
                .list();
    }

    @Override
    public boolean delete(UUID id) {
        return jdbc.sql("delete from jobs where id = :id").param("id", id).update() == 1;
    }

    @Override
    public int expire(Instant endedBefore, int limit) {
        return retention.expire(endedBefore, limit);
    }

    @Override
    public int purge(Instant endedBefore, int limit) {
        return retention.purge(endedBefore, limit);
    }
}

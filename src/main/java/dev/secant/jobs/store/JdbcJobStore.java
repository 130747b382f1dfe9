package dev.secant.jobs.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    private static final int MAX_ERROR = 2000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DurableCommits commits;

    public JdbcJobStore(JdbcClient jdbc, TransactionTemplate transaction, DurableCommits commits) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.commits = commits;
    }

    @Override
    public Job insert(UUID id, NewJob job, Instant now) {
        Job stored = new Job(
                id,
                job.kind(),
                JobState.QUEUED,
                new Job.ItemCounts(job.items(), 0, 0, 0, 0),
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
                    insert into jobs (id, kind, state, items, items_succeeded, items_skipped, items_failed,
                        items_cancelled, attempt, cancel_requested, idempotency_key, request_digest, created_at, revision)
                    values (:id, :kind, :state, :items, 0, 0, 0, 0, 0, false, :key, :digest, :now, 0)""")
                    .param("id", id)
                    .param("kind", job.kind().name())
                    .param("state", JobState.QUEUED.name())
                    .param("items", job.items())
                    .param("key", job.idempotencyKey())
                    .param("digest", stored.requestDigest())
                    .param("now", utc(now))
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
                .query(JdbcJobStore::job)
                .optional();
    }

    @Override
    public Optional<Job> findByIdempotencyKey(String key) {
        return jdbc.sql("select * from jobs where idempotency_key = :key")
                .param("key", key)
                .query(JdbcJobStore::job)
                .optional();
    }

    @Override
    public List<Job> list(JobFilter filter) {
        StringBuilder sql = new StringBuilder("select * from jobs where true");
        Map<String, Object> parameters = new java.util.HashMap<>();
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
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query(JdbcJobStore::job)
                .list();
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
            int claimed = jdbc.sql(
                            """
                    update jobs set state = 'RUNNING', claim = :token, attempt = attempt + 1, revision = revision + 1,
                        started_at = coalesce(started_at, :now)
                    where id = :id and state in ('QUEUED', 'RUNNING')""")
                    .param("id", id)
                    .param("token", token)
                    .param("now", utc(now))
                    .update();
            if (claimed == 0) {
                return Optional.<JobLease>empty();
            }
            List<Integer> done = jdbc.sql("select item from job_results where job_id = :id")
                    .param("id", id)
                    .query(Integer.class)
                    .list();
            return Optional.of(
                    new JobLease(find(id).orElseThrow(), token, payload(id).orElseThrow(), new HashSet<>(done)));
        });
    }

    @Override
    public void release(JobLease lease) {
        jdbc.sql(
                        """
                update jobs set state = 'QUEUED', claim = null, attempt = attempt - 1, revision = revision + 1
                where id = :id and claim = :token and state = 'RUNNING'""")
                .param("id", lease.job().id())
                .param("token", lease.token())
                .update();
    }

    @Override
    public boolean write(JobLease lease, List<ItemResult> results, @Nullable End end) {
        Job.ItemCounts counts = new Job.ItemCounts(0, 0, 0, 0, 0);
        for (ItemResult result : results) {
            counts = counts.plus(result.outcome());
        }
        Job.ItemCounts added = counts;
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!advance(lease, added, end)) {
                return false;
            }
            results.forEach(result -> insertResult(lease.job().id(), result));
            commits.afterCommit();
            return true;
        }));
    }

    private boolean advance(JobLease lease, Job.ItemCounts added, @Nullable End end) {
        return jdbc.sql(
                                """
                update jobs set items_succeeded = items_succeeded + :succeeded, items_skipped = items_skipped + :skipped,
                    items_failed = items_failed + :failed, items_cancelled = items_cancelled + :cancelled,
                    state = :state, error = :error, finished_at = :at, revision = revision + 1
                where id = :id and claim = :token and state = 'RUNNING'""")
                        .param("succeeded", added.succeeded())
                        .param("skipped", added.skipped())
                        .param("failed", added.failed())
                        .param("cancelled", added.cancelled())
                        .param("state", (end == null ? JobState.RUNNING : end.state()).name())
                        .param("error", end == null ? null : shortened(end.error()), java.sql.Types.VARCHAR)
                        .param("at", end == null ? null : utc(end.at()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("id", lease.job().id())
                        .param("token", lease.token())
                        .update()
                == 1;
    }

    private void insertResult(UUID id, ItemResult result) {
        jdbc.sql(
                        """
                insert into job_results (job_id, item, outcome, result, trajectory, error)
                values (:id, :item, :outcome, :result, :trajectory, :error)""")
                .param("id", id)
                .param("item", result.item())
                .param("outcome", result.outcome().name())
                .param("result", result.result(), java.sql.Types.VARCHAR)
                .param("trajectory", result.trajectory(), java.sql.Types.VARCHAR)
                .param("error", shortened(result.error()), java.sql.Types.VARCHAR)
                .update();
    }

    @Override
    public List<ItemResult> results(UUID id) {
        return jdbc.sql(
                        """
                select item, outcome, result, null as trajectory, error from job_results where job_id = :id order by item""")
                .param("id", id)
                .query(JdbcJobStore::itemResult)
                .list();
    }

    @Override
    public Optional<ItemResult> result(UUID id, int item) {
        return jdbc.sql(
                        """
                select item, outcome, result, trajectory, error from job_results where job_id = :id and item = :item""")
                .param("id", id)
                .param("item", item)
                .query(JdbcJobStore::itemResult)
                .optional();
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
                    .param("now", utc(now))
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
    public int expire(Instant endedBefore) {
        List<UUID> expired = jdbc.sql(
                        """
                select id from jobs where finished_at < :before and state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                order by finished_at limit 1000""")
                .param("before", utc(endedBefore))
                .query(UUID.class)
                .list();
        for (UUID id : expired) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("delete from job_results where job_id = :id")
                        .param("id", id)
                        .update();
                jdbc.sql("delete from job_payloads where job_id = :id")
                        .param("id", id)
                        .update();
                jdbc.sql("update jobs set state = 'EXPIRED', revision = revision + 1 where id = :id")
                        .param("id", id)
                        .update();
            });
        }
        return expired.size();
    }

    @Override
    public int purge(Instant endedBefore) {
        return jdbc.sql("delete from jobs where finished_at < :before")
                .param("before", utc(endedBefore))
                .update();
    }

    private static @Nullable String shortened(@Nullable String error) {
        return error == null || error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR - 1) + "…";
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Job job(ResultSet row, int index) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                JobKind.valueOf(row.getString("kind")),
                JobState.valueOf(row.getString("state")),
                new Job.ItemCounts(
                        row.getInt("items"),
                        row.getInt("items_succeeded"),
                        row.getInt("items_skipped"),
                        row.getInt("items_failed"),
                        row.getInt("items_cancelled")),
                row.getInt("attempt"),
                row.getBoolean("cancel_requested"),
                row.getString("idempotency_key"),
                row.getString("request_digest"),
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("revision"));
    }

    private static ItemResult itemResult(ResultSet row, int index) throws SQLException {
        return new ItemResult(
                row.getInt("item"),
                ItemOutcome.valueOf(row.getString("outcome")),
                row.getString("result"),
                row.getString("trajectory"),
                row.getString("error"));
    }
}

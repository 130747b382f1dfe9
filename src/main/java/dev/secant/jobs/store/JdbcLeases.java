package dev.secant.jobs.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Leases of jobs, in the transaction of who calls. Each write names the token of its lease, so one whose job was claimed anew changes
 * nothing.
 */
final class JdbcLeases {

    private final JdbcClient jdbc;

    JdbcLeases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins an attempt at a job that has not ended; earlier leases of it are void from now on. */
    boolean claim(UUID id, UUID token, Instant now) {
        return jdbc.sql(
                                """
                update jobs set state = 'RUNNING', claim = :token, attempt = attempt + 1, revision = revision + 1,
                    started_at = coalesce(started_at, :now), running_share = 0
                where id = :id and state in ('QUEUED', 'RUNNING')""")
                        .param("id", id)
                        .param("token", token)
                        .param("now", JobRows.utc(now))
                        .update()
                == 1;
    }

    /** Queues the job again, without an attempt. */
    void release(JobLease lease) {
        jdbc.sql(
                        """
                update jobs set state = 'QUEUED', claim = null, attempt = attempt - 1, revision = revision + 1
                where id = :id and claim = :token and state = 'RUNNING'""")
                .param("id", lease.job().id())
                .param("token", lease.token())
                .update();
    }

    /**
     * Adds to the counts of a job, and ends it where there is an end.
     *
     * @return whether the lease still held
     */
    boolean advance(JobLease lease, Job.ItemCounts added, double runningShare, JobStore.@Nullable End end) {
        return jdbc.sql(
                                """
                update jobs set items_succeeded = items_succeeded + :succeeded, items_skipped = items_skipped + :skipped,
                    items_failed = items_failed + :failed, items_cancelled = items_cancelled + :cancelled,
                    state = :state, error = :error, finished_at = :at, running_share = :share, revision = revision + 1
                where id = :id and claim = :token and state = 'RUNNING'""")
                        .param("succeeded", added.succeeded())
                        .param("skipped", added.skipped())
                        .param("failed", added.failed())
                        .param("cancelled", added.cancelled())
                        .param("state", (end == null ? JobState.RUNNING : end.state()).name())
                        .param("error", end == null ? null : JobRows.shortened(end.error()), java.sql.Types.VARCHAR)
                        .param("at", end == null ? null : JobRows.utc(end.at()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("share", end == null ? runningShare : 0)
                        .param("id", lease.job().id())
                        .param("token", lease.token())
                        .update()
                == 1;
    }
}

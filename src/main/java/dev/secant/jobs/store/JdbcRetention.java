package dev.secant.jobs.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes what has been kept for long enough, job by job: no transaction locks more than one. */
final class JdbcRetention {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcRetention(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    int expire(Instant endedBefore, int limit) {
        List<UUID> expired = ended(endedBefore, "state in ('SUCCEEDED', 'FAILED', 'CANCELLED')", limit);
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

    int purge(Instant endedBefore, int limit) {
        List<UUID> purged = ended(endedBefore, "true", limit);
        for (UUID id : purged) {
            jdbc.sql("delete from jobs where id = :id").param("id", id).update();
        }
        return purged.size();
    }

    private List<UUID> ended(Instant before, String condition, int limit) {
        return jdbc.sql("select id from jobs where finished_at < :before and " + condition
                        + " order by finished_at limit :limit")
                .param("before", JobRows.utc(before))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }
}

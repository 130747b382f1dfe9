package dev.secant.jobs.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps how far running jobs are: one row a job, replaced about once a second. It need not survive a crash of the machine. */
final class JdbcProgress {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json = JsonMapper.shared();

    JdbcProgress(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    boolean write(JobLease lease, double runningShare, List<RunningItem> items, Instant at) {
        UUID id = lease.job().id();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean held = jdbc.sql(
                                    """
                    update jobs set running_share = :share where id = :id and claim = :token and state = 'RUNNING'""")
                            .param("share", runningShare)
                            .param("id", id)
                            .param("token", lease.token())
                            .update()
                    == 1;
            if (held) {
                forget(id);
                jdbc.sql("insert into job_progress (job_id, recorded_at, items) values (:id, :at, :items)")
                        .param("id", id)
                        .param("at", JobRows.utc(at))
                        .param("items", json.writeValueAsString(items))
                        .update();
            }
            return held;
        }));
    }

    void forget(UUID id) {
        jdbc.sql("delete from job_progress where job_id = :id").param("id", id).update();
    }

    Optional<JobStore.Progress> read(UUID id) {
        return jdbc.sql("select recorded_at, items from job_progress where job_id = :id")
                .param("id", id)
                .query((row, index) -> new JobStore.Progress(
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        json.readValue(row.getString("items"), new TypeReference<List<RunningItem>>() {})))
                .optional();
    }
}

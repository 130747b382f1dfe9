package dev.secant.jobs.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the outcomes of items, in the transaction of who calls. */
final class JdbcResults {

    private final JdbcClient jdbc;

    JdbcResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID id, ItemResult result) {
        jdbc.sql(
                        """
                insert into job_results (job_id, item, outcome, result, trajectory, error)
                values (:id, :item, :outcome, :result, :trajectory, :error)""")
                .param("id", id)
                .param("item", result.item())
                .param("outcome", result.outcome().name())
                .param("result", result.result(), java.sql.Types.VARCHAR)
                .param("trajectory", result.trajectory(), java.sql.Types.VARCHAR)
                .param("error", JobRows.shortened(result.error()), java.sql.Types.VARCHAR)
                .update();
    }

    /** The items of a job that have an outcome. */
    List<Integer> items(UUID id) {
        return jdbc.sql("select item from job_results where job_id = :id")
                .param("id", id)
                .query(Integer.class)
                .list();
    }

    /** All of a job by item, without their trajectories. */
    List<ItemResult> all(UUID id) {
        return jdbc.sql(
                        """
                select item, outcome, result, null as trajectory, error from job_results where job_id = :id order by item""")
                .param("id", id)
                .query(JobRows::itemResult)
                .list();
    }

    /** The items of a job that have a result, ascending. */
    List<Integer> withResult(UUID id) {
        return jdbc.sql("select item from job_results where job_id = :id and result is not null order by item")
                .param("id", id)
                .query(Integer.class)
                .list();
    }

    /** Some of a job by item, without their trajectories. */
    List<ItemResult> page(UUID id, int from, int limit) {
        return jdbc.sql(
                        """
                select item, outcome, result, null as trajectory, error from job_results
                where job_id = :id and item >= :from order by item limit :limit""")
                .param("id", id)
                .param("from", from)
                .param("limit", limit)
                .query(JobRows::itemResult)
                .list();
    }

    /** One with its trajectory. */
    Optional<ItemResult> find(UUID id, int item) {
        return jdbc.sql(
                        """
                select item, outcome, result, trajectory, error from job_results where job_id = :id and item = :item""")
                .param("id", id)
                .param("item", item)
                .query(JobRows::itemResult)
                .optional();
    }
}

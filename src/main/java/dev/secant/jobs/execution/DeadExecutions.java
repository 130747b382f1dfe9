package dev.secant.jobs.execution;

import dev.secant.jobs.store.DatabaseKind;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Frees the executions of a process that was killed. An embedded database belongs to one process, so whatever is picked
 * when it opens was picked by a dead one, and need not wait for its heartbeats to be missed.
 */
public final class DeadExecutions {

    private static final Logger log = LoggerFactory.getLogger(DeadExecutions.class);

    private final DataSource dataSource;

    public DeadExecutions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Frees them, if the database is embedded. */
    void free() {
        if (DatabaseKind.of(dataSource) == DatabaseKind.EMBEDDED) {
            int freed = JdbcClient.create(dataSource)
                    .sql(
                            """
                    update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                    where picked""")
                    .update();
            if (freed > 0) {
                log.info("{} executions were running when this database was last open; they run again.", freed);
            }
        }
    }
}

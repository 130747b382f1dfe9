package dev.secant.jobs;

import java.util.Locale;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

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
    public void free() {
        if (embedded()) {
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

    private boolean embedded() {
        try {
            String url = JdbcUtils.extractDatabaseMetaData(dataSource, metaData -> metaData.getURL());
            String lower = url.toLowerCase(Locale.ROOT);
            return lower.startsWith("jdbc:h2:")
                    && !lower.startsWith("jdbc:h2:tcp:")
                    && !lower.startsWith("jdbc:h2:ssl:")
                    && !lower.contains("auto_server=true");
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not tell its URL.", e);
        }
    }
}

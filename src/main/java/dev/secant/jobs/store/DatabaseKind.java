package dev.secant.jobs.store;

import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What kind of database the jobs are kept in. */
public enum DatabaseKind {
    /** H2 inside this process, which then is the only one. */
    EMBEDDED,
    /** A server, which other processes may use too. */
    SERVER;

    /** The kind of a database. */
    public static DatabaseKind of(DataSource dataSource) {
        try {
            String url = JdbcUtils.extractDatabaseMetaData(dataSource, metaData -> metaData.getURL());
            String lower = url.toLowerCase(Locale.ROOT);
            boolean embedded = lower.startsWith("jdbc:h2:")
                    && !lower.startsWith("jdbc:h2:tcp:")
                    && !lower.startsWith("jdbc:h2:ssl:")
                    && !lower.contains("auto_server=true");
            return embedded ? EMBEDDED : SERVER;
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not tell its URL.", e);
        }
    }
}

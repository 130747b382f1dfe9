package dev.secant.jobs.store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.io.TempDir;

class H2JobStoreTest extends JobStoreContract {

    @TempDir
    private static Path folder;

    private static final class Pool {
        private static final DataSource INSTANCE = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("jobs") + ";QUERY_CACHE_SIZE=64", "secant", "");
    }

    @Override
    DataSource dataSource() {
        return Pool.INSTANCE;
    }
}

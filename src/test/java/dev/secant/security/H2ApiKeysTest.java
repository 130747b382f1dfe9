package dev.secant.security;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2ApiKeysTest extends ApiKeysContract {

    private static final DataSource POOL =
            JdbcConnectionPool.create("jdbc:h2:mem:api-keys;DB_CLOSE_DELAY=-1", "secant", "");

    @Override
    DataSource dataSource() {
        return POOL;
    }
}

package dev.secant.security;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.secant.jobs.store.TestPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on PostgreSQL, as in {@code PostgresJobStoreTest}. */
class PostgresApiKeysTest extends ApiKeysContract {

    private static HikariDataSource pool;

    @BeforeAll
    static void connect() {
        String url = TestPostgres.url();
        assumeTrue(url != null, "Skipped: SECANT_TEST_POSTGRES_URL names no PostgreSQL server. Maybe run .ci/run.");
        pool = new HikariDataSource();
        pool.setJdbcUrl(TestPostgres.withSchema(url, "api_keys_contract"));
        pool.setMaximumPoolSize(2);
    }

    @AfterAll
    static void disconnect() {
        if (pool != null) {
            pool.close();
        }
    }

    @Override
    DataSource dataSource() {
        return pool;
    }
}

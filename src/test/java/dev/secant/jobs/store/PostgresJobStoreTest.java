package dev.secant.jobs.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on PostgreSQL: the server of the system property {@code secant.test.postgres.url} or the environment
 * variable {@code SECANT_TEST_POSTGRES_URL}, which {@code .ci/run} sets.
 */
class PostgresJobStoreTest extends JobStoreContract {

    private static HikariDataSource pool;

    @BeforeAll
    static void connect() {
        String url = TestPostgres.url();
        assumeTrue(url != null, "Skipped: SECANT_TEST_POSTGRES_URL names no PostgreSQL server. Maybe run .ci/run.");
        pool = new HikariDataSource();
        pool.setJdbcUrl(TestPostgres.withSchema(url, "job_store_contract"));
        pool.setMaximumPoolSize(10);
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

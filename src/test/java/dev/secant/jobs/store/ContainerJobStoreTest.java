package dev.secant.jobs.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The contract on PostgreSQL in a container, where there is Docker. */
class ContainerJobStoreTest extends JobStoreContract {

    private static PostgreSQLContainer container;
    private static HikariDataSource pool;

    @BeforeAll
    static void start() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Skipped: there is no Docker.");
        container = new PostgreSQLContainer("postgres:17");
        container.start();
        pool = new HikariDataSource();
        pool.setJdbcUrl(container.getJdbcUrl());
        pool.setUsername(container.getUsername());
        pool.setPassword(container.getPassword());
    }

    @AfterAll
    static void stop() {
        if (pool != null) {
            pool.close();
            container.stop();
        }
    }

    @Override
    DataSource dataSource() {
        return pool;
    }
}

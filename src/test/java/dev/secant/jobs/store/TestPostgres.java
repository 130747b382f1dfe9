package dev.secant.jobs.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server that tests may use; each class of tests has a schema of its own there. */
public final class TestPostgres {

    private TestPostgres() {}

    /** Its JDBC URL, or null. */
    public static @Nullable String url() {
        String property = System.getProperty("secant.test.postgres.url");
        return property != null ? property : System.getenv("SECANT_TEST_POSTGRES_URL");
    }

    /** The URL of an empty schema. */
    public static String withSchema(String url, String schema) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade");
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("The PostgreSQL server at %s cannot be used.".formatted(url), e);
        }
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}

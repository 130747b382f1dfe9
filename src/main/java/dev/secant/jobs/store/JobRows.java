package dev.secant.jobs.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the tables of jobs as records, and values as columns take them. */
final class JobRows {

    private static final int MAX_ERROR = 2000;

    private JobRows() {}

    static @Nullable String shortened(@Nullable String error) {
        return error == null || error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR - 1) + "…";
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Job job(ResultSet row, int index) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                JobKind.valueOf(row.getString("kind")),
                row.getString("owner"),
                JobState.valueOf(row.getString("state")),
                new Job.ItemCounts(
                        row.getInt("items"),
                        row.getInt("items_succeeded"),
                        row.getInt("items_skipped"),
                        row.getInt("items_failed"),
                        row.getInt("items_cancelled")),
                row.getDouble("running_share"),
                row.getInt("attempt"),
                row.getBoolean("cancel_requested"),
                row.getString("idempotency_key"),
                row.getString("request_digest"),
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("revision"));
    }

    static ItemResult itemResult(ResultSet row, int index) throws SQLException {
        return new ItemResult(
                row.getInt("item"),
                ItemOutcome.valueOf(row.getString("outcome")),
                row.getString("result"),
                row.getString("trajectory"),
                row.getString("error"));
    }
}

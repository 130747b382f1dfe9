package dev.secant.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes, finds and revokes API keys. Secrets are kept as digests only. Thread-safe. */
public final class ApiKeys {

    /** How exact the time of last use is: a busy key is written once in this time. */
    private static final Duration LAST_USE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random must be cryptographically strong */
    public ApiKeys(JdbcClient jdbc, Clock clock, RandomGenerator random) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A key that was just made.
     *
     * @param key as it is listed from now on
     * @param token what the client sends; it cannot be read again
     */
    public record Created(ApiKey key, String token) {

        @Override
        public String toString() {
            return "Created[key=%s]".formatted(key);
        }
    }

    /**
     * Makes a key.
     *
     * @throws IllegalArgumentException if it is to follow a key that does not exist
     */
    public Created create(NewApiKey wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ApiKeyToken token = ApiKeyToken.random(random);
        String owner = wanted.ownerOf() == null
                ? "key:" + token.id()
                : find(wanted.ownerOf())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "There is no key with the id (%s).".formatted(wanted.ownerOf())))
                        .owner();
        Instant expiresAt = wanted.lifetime() == null ? null : now.plus(wanted.lifetime());
        ApiKey key = new ApiKey(token.id(), wanted.name(), owner, wanted.scopes(), now, expiresAt, null, null);
        jdbc.sql(
                        """
                insert into api_keys (id, name, owner, scopes, secret_digest, created_at, expires_at)
                values (:id, :name, :owner, :scopes, :digest, :created, :expires)""")
                .param("id", key.id())
                .param("name", key.name())
                .param("owner", key.owner())
                .param("scopes", Scope.join(key.scopes()))
                .param("digest", token.digest())
                .param("created", utc(now))
                .param("expires", expiresAt == null ? null : utc(expiresAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return new Created(key, token.text());
    }

    /** All keys, oldest first. */
    public List<ApiKey> list() {
        return jdbc.sql("select * from api_keys order by created_at, id")
                .query(ApiKeys::key)
                .list();
    }

    /** Whether any key could be used now. */
    public boolean anyActive() {
        Instant now = clock.instant();
        return list().stream().anyMatch(key -> key.state(now) == ApiKey.State.ACTIVE);
    }

    /** The key of an id. */
    public Optional<ApiKey> find(String id) {
        return jdbc.sql("select * from api_keys where id = :id")
                .param("id", id)
                .query(ApiKeys::key)
                .optional();
    }

    /** Refuses a key from now on; one that was revoked before keeps its time. Empty if there is none. */
    public Optional<ApiKey> revoke(String id) {
        jdbc.sql("update api_keys set revoked_at = :now where id = :id and revoked_at is null")
                .param("now", utc(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .param("id", id)
                .update();
        return find(id);
    }

    /**
     * The key of what a client sent, if it may be used now; notes that it was used.
     *
     * @param token {@code sk_ID_SECRET}
     */
    public Optional<ApiKey> authenticate(String token) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<ApiKey> key = ApiKeyToken.parse(token)
                .flatMap(parsed -> jdbc.sql("select * from api_keys where id = :id")
                        .param("id", parsed.id())
                        .query((row, index) -> parsed.hasDigest(row.getString("secret_digest"))
                                ? Optional.of(key(row, index))
                                : Optional.<ApiKey>empty())
                        .optional()
                        .flatMap(found -> found)
                        .filter(found -> found.state(now) == ApiKey.State.ACTIVE));
        key.ifPresent(used -> used(used, now));
        return key;
    }

    private void used(ApiKey key, Instant now) {
        if (key.lastUsedAt() != null && key.lastUsedAt().plus(LAST_USE).isAfter(now)) {
            return;
        }
        jdbc.sql("update api_keys set last_used_at = :now where id = :id")
                .param("now", utc(now))
                .param("id", key.id())
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static ApiKey key(ResultSet row, int index) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("owner"),
                Scope.split(row.getString("scopes")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

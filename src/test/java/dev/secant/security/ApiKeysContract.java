package dev.secant.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the table of keys does, whatever the database. */
abstract class ApiKeysContract {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final SetClock clock = new SetClock();
    private JdbcClient jdbc;
    private ApiKeys keys;

    /** A database that other tests of the class may have used. */
    abstract DataSource dataSource();

    private static final class SetClock extends Clock {

        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void migrate() {
        Flyway.configure().dataSource(dataSource()).load().migrate();
        jdbc = JdbcClient.create(dataSource());
        jdbc.sql("delete from api_keys").update();
        keys = new ApiKeys(jdbc, clock, new Random(1));
    }

    private ApiKeys.Created create(Duration lifetime, Scope... scopes) {
        return keys.create(new NewApiKey("a laptop", Set.of(scopes), lifetime, null));
    }

    @Test
    void aKeyIsRecognizedAndItsSecretIsNotKept() {
        ApiKeys.Created created = create(null, Scope.SUBMIT, Scope.READ);

        assertThat(created.token()).matches("sk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        assertThat(keys.authenticate(created.token())).contains(created.key());
        assertThat(created.key().owner()).isEqualTo("key:" + created.key().id());
        assertThat(created.key().scopes()).containsExactlyInAnyOrder(Scope.SUBMIT, Scope.READ);
        assertThat(jdbc.sql("select * from api_keys").query().singleRow().toString())
                .doesNotContain(created.token().substring(20));
        assertThat(created.toString()).doesNotContain(created.token().substring(20));
    }

    @Test
    void whatIsNotAKeyIsNotRecognized() {
        String token = create(null, Scope.READ).token();
        char last = token.charAt(token.length() - 1);

        assertThat(keys.authenticate(token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A')))
                .isEmpty();
        assertThat(keys.authenticate("sk_0000000000000000_" + token.substring(20)))
                .isEmpty();
        assertThat(keys.authenticate(token + "A")).isEmpty();
        assertThat(keys.authenticate("' or '1'='1")).isEmpty();
        assertThat(keys.authenticate("")).isEmpty();
    }

    @Test
    void aKeyExpires() {
        ApiKeys.Created created = create(Duration.ofDays(90), Scope.READ);
        clock.now = NOW.plus(Duration.ofDays(90)).minusMillis(1);
        assertThat(keys.authenticate(created.token())).isPresent();
        assertThat(keys.anyActive()).isTrue();

        clock.now = NOW.plus(Duration.ofDays(90));

        assertThat(keys.authenticate(created.token())).isEmpty();
        assertThat(keys.find(created.key().id()).orElseThrow().state(clock.now)).isEqualTo(ApiKey.State.EXPIRED);
        assertThat(keys.anyActive()).isFalse();
    }

    @Test
    void aRevokedKeyIsRefusedAndStaysInTheList() {
        ApiKeys.Created created = create(null, Scope.READ);
        clock.now = NOW.plusSeconds(1);

        assertThat(keys.revoke(created.key().id()).orElseThrow().revokedAt()).isEqualTo(clock.now);

        assertThat(keys.authenticate(created.token())).isEmpty();
        clock.now = NOW.plusSeconds(2);
        assertThat(keys.revoke(created.key().id()).orElseThrow().revokedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(keys.list())
                .extracting(ApiKey::id)
                .containsExactly(created.key().id());
        assertThat(keys.revoke("0000000000000000")).isEmpty();
    }

    @Test
    void lastUseIsKeptToAMinute() {
        ApiKeys.Created created = create(null, Scope.READ);
        keys.authenticate(created.token());
        assertThat(keys.list().get(0).lastUsedAt()).isEqualTo(NOW);

        clock.now = NOW.plusSeconds(59);
        keys.authenticate(created.token());
        assertThat(keys.list().get(0).lastUsedAt()).isEqualTo(NOW);

        clock.now = NOW.plusSeconds(60);
        keys.authenticate(created.token());
        assertThat(keys.list().get(0).lastUsedAt()).isEqualTo(clock.now);
    }

    @Test
    void aKeyMayTakeOverTheJobsOfAnother() {
        ApiKey old = create(null, Scope.READ).key();
        ApiKeys.Created next = keys.create(new NewApiKey("the next", Set.of(Scope.READ), null, old.id()));

        assertThat(next.key().owner()).isEqualTo(old.owner());
        assertThatThrownBy(() -> keys.create(new NewApiKey("no", Set.of(Scope.READ), null, "17")))
                .hasMessage("There is no key with the id (17).");
    }

    @Test
    void senselessKeysAreRefused() {
        assertThatThrownBy(() -> new NewApiKey(" ", Set.of(Scope.READ), null, null))
                .hasMessageContaining("name ( )");
        assertThatThrownBy(() -> new NewApiKey("a", Set.of(), null, null)).hasMessageContaining("needs a scope");
        assertThatThrownBy(() -> new NewApiKey("a", Set.of(Scope.READ), Duration.ZERO, null))
                .hasMessageContaining("lifetime (PT0S)");
    }
}

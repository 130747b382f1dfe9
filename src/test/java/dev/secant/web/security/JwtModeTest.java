package dev.secant.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.secant.web.ApiTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A service that trusts tokens of an authorization server, which here is a key of the test's own. */
@TestPropertySource(
        properties = {
            "secant.security.mode=jwt",
            "secant.security.jwt.scope-claim=permissions",
            "secant.security.jwt.scope-prefix=secant:",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + JwtModeTest.ISSUER,
            "spring.security.oauth2.resourceserver.jwt.audiences=secant"
        })
class JwtModeTest extends ApiTest {

    static final String ISSUER = "https://login.example";

    private static final RSAKey KEY = key();
    private static HttpServer server;

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void authorizationServer(DynamicPropertyRegistry properties) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        properties.add(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                () -> "http://localhost:" + server.getAddress().getPort() + "/keys");
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static JWTClaimsSet.Builder claims(String subject, String... permissions) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("secant")
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("permissions", permissions);
    }

    private static String token(JWTClaimsSet.Builder claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), claims.build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> submit(String token) throws IOException, InterruptedException {
        return post("/v1/fits", fit(1), "Authorization", "Bearer " + token, "Prefer", "wait=60");
    }

    @Test
    void aSubjectSeesItsOwnJobs() throws Exception {
        String alice = token(claims("alice", "secant:submit", "secant:read", "other:admin"), KEY);
        String bob = token(claims("bob", "secant:submit", "secant:read"), KEY);
        HttpResponse<String> created = submit(alice);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        assertThat(json(created).at("/job/owner").asString()).isEqualTo("sub:alice");
        String path = "/v1/jobs/" + json(created).at("/job/id").asString();

        assertThat(get(path, alice).statusCode()).isEqualTo(200);
        assertThat(get(path, bob).statusCode()).isEqualTo(404);
        assertThat(get(path, token(claims("root", "secant:admin"), KEY)).statusCode())
                .isEqualTo(200);
        assertThat(get("/v1/keys", alice).statusCode()).isEqualTo(403);
    }

    @Test
    void scopesWithoutThePrefixAreNotOurs() throws Exception {
        assertThat(get("/v1/jobs", token(claims("alice", "read", "admin"), KEY)).statusCode())
                .isEqualTo(403);
        assertThat(submit(token(claims("alice", "secant:read"), KEY)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTokenThatCannotBeTrustedIsRefused() throws Exception {
        String[] scopes = {"secant:read"};
        assertRefused(token(claims("alice", scopes), key()));
        assertRefused(token(claims("alice", scopes).issuer("https://evil.example"), KEY));
        assertRefused(token(claims("alice", scopes).audience("another"), KEY));
        assertRefused(token(
                claims("alice", scopes).expirationTime(Date.from(Instant.now().minusSeconds(600))), KEY));
        assertRefused(token(claims(null, scopes), KEY));
        assertRefused(token(claims("a".repeat(251), scopes), KEY));
        assertRefused("sk_0000000000000000_" + "A".repeat(43));
        assertThat(get("/v1/jobs").statusCode()).isEqualTo(401);
    }

    private void assertRefused(String token) throws Exception {
        HttpResponse<String> response = get("/v1/jobs", token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"secant\", error=\"invalid_token\"");
        assertThat(json(response).at("/type").asString()).isEqualTo("urn:secant:problem:authentication-required");
    }
}

package dev.secant.security;

import dev.secant.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its client has it: {@code sk_ID_SECRET}, with 16 hexadecimal digits and 256 random bits in base64url. Only the digest of the
 * secret is kept. A secret of 256 random bits cannot be guessed from its SHA-256, so no slow hash is needed.
 *
 * @param id the public part
 * @param secret the secret part
 */
record ApiKeyToken(String id, String secret) {

    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("sk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

    /** A new one. */
    static ApiKeyToken random(RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new ApiKeyToken(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads what a client sent. */
    static Optional<ApiKeyToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new ApiKeyToken(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** SHA-256 of the secret, hexadecimal. */
    String digest() {
        return new Sha256().add(secret).hex();
    }

    /** Whether its digest is this one, in a time that does not tell how much of it agrees. */
    boolean hasDigest(String expected) {
        return MessageDigest.isEqual(
                digest().getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the client is given, once. */
    String text() {
        return "sk_" + id + "_" + secret;
    }

    /** Without the secret: this may end up in a log. */
    @Override
    public String toString() {
        return "sk_" + id + "_…";
    }
}

package dev.secant.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making (FIPS 180-4): what is added, one after the other. One instance is for one thread. */
public final class Sha256 {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    /** Of nothing so far. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The digest of some bytes, 64 lower-case hexadecimal digits. */
    public static String of(byte[] bytes) {
        return new Sha256().add(bytes).hex();
    }

    /** Adds bytes. */
    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Adds a text in UTF-8. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a file's content.
     *
     * @throws IOException if it cannot be read to its end
     */
    public Sha256 add(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return this;
    }

    /** 64 lower-case hexadecimal digits; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

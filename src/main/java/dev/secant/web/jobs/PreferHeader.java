package dev.secant.web.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Prefer} header (RFC 7240), of which {@code wait} is understood. Preferences never cause an error. */
final class PreferHeader {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=$|[,;])");

    private PreferHeader() {}

    /** How long the client would wait for the result, at most {@code longest}; empty if it did not say. */
    static Optional<Duration> wait(@Nullable String header, Duration longest) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = WAIT.matcher(header.toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return Optional.empty();
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return Optional.of(wait.compareTo(longest) > 0 ? longest : wait);
    }
}

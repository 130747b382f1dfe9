package dev.secant.web.page;

import dev.secant.io.Sha256;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Adds the page's security headers. Its Content-Security-Policy allows files and requests of this service only; the one inline element,
 * the import map, is allowed by its digest.
 */
final class PageHeaders extends OncePerRequestFilter {

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final String policy;

    private PageHeaders(String policy) {
        this.policy = policy;
    }

    /**
     * For a document.
     *
     * @param html the document, with one import map
     */
    static PageHeaders of(String html) {
        Matcher map = IMPORT_MAP.matcher(html);
        if (!map.find()) {
            throw new IllegalStateException("The page has no import map.");
        }
        return new PageHeaders(String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' '%s'".formatted(digest(map.group(1))),
                "style-src 'self'",
                // A photo that is chosen stays in the browser, as a blob.
                "img-src 'self' blob:",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'"));
    }

    private static String digest(String script) {
        byte[] digest = HexFormat.of().parseHex(Sha256.of(script.getBytes(StandardCharsets.UTF_8)));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        // The files of one release belong together: a browser asks whether they have changed.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        chain.doFilter(request, response);
    }
}

package dev.secant.web.security;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that a service on loopback answers to. A page on the web can make its own name resolve to the loopback address and so read what
 * only this machine should (DNS rebinding), but it can't change the name that the browser sends.
 */
final class LoopbackHosts {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1");

    private final List<String> more;

    /** @param more further names, of a gateway on the same machine */
    LoopbackHosts(List<String> more) {
        this.more = more.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    boolean contains(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || name.endsWith(".localhost") || more.contains(name);
    }
}

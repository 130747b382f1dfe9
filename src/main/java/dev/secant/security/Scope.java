package dev.secant.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a client may do. */
public enum Scope {
    /** Create, cancel and delete jobs of its own, and validate objectives. */
    SUBMIT,
    /** Read jobs of its own, and the catalogues. */
    READ,
    /** Everything, with everybody's jobs. */
    ADMIN;

    /** Its name in keys and tokens: {@code submit}, {@code read}, {@code admin}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a name. */
    public static Optional<Scope> of(String id) {
        return Arrays.stream(values()).filter(scope -> scope.id().equals(id)).findFirst();
    }

    /** Names set apart by commas, as the table keeps them. */
    static String join(Set<Scope> scopes) {
        return new TreeSet<>(scopes).stream().map(Scope::id).collect(Collectors.joining(","));
    }

    /** The scopes of {@link #join}; names that this version does not know are left out. */
    static Set<Scope> split(String joined) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String id : joined.split(",")) {
            of(id).ifPresent(scopes::add);
        }
        return scopes;
    }
}
